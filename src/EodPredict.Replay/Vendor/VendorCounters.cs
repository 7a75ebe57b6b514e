using System.Runtime.InteropServices;

namespace EodPredict.Replay.Vendor;

/// <summary>Counts what the vendor is asked, exactly. Safe for concurrent use.</summary>
internal sealed class VendorCounters(ReplayProviderOptions options)
{
    private readonly Lock _lock = new();
    private readonly long[] _asked = new long[4];
    private readonly long[] _throttled = new long[4];
    private readonly long[] _charged = new long[4];
    private readonly Dictionary<(string Ticker, DateOnly? SessionDate), Tally> _sessions = [];
    private long _found;
    private long _refused;
    private long _faults;

    /// <summary>Counts a request that came in and says how many of its kind, ticker and date came before it.</summary>
    public long Asked(RequestKind kind, string ticker = "", DateOnly? sessionDate = null)
    {
        lock (_lock)
        {
            var before = _asked[(int)kind]++;
            if (kind == RequestKind.Item)
            {
                return before;
            }

            ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_sessions, (ticker, sessionDate), out _);
            return kind switch
            {
                RequestKind.Get => tally.Gets++,
                RequestKind.Head => tally.Heads++,
                _ => tally.Pages++,
            };
        }
    }

    public void Throttled(RequestKind kind)
    {
        lock (_lock)
        {
            _throttled[(int)kind]++;
        }
    }

    public void Charged(RequestKind kind)
    {
        lock (_lock)
        {
            _charged[(int)kind]++;
        }
    }

    public void Found(string ticker, DateOnly sessionDate)
    {
        lock (_lock)
        {
            _found++;
            CollectionsMarshal.GetValueRefOrAddDefault(_sessions, (ticker, sessionDate), out _).Found++;
        }
    }

    public void Refused()
    {
        lock (_lock)
        {
            _refused++;
        }
    }

    public void Faulted()
    {
        lock (_lock)
        {
            _faults++;
        }
    }

    public VendorUsage Read()
    {
        lock (_lock)
        {
            return new()
            {
                Gets = _asked[(int)RequestKind.Get],
                Heads = _asked[(int)RequestKind.Head],
                Pages = _asked[(int)RequestKind.Page],
                Items = _asked[(int)RequestKind.Item],
                Found = _found,
                Throttled = _throttled[(int)RequestKind.Get] + _throttled[(int)RequestKind.Head],
                ItemsThrottled = _throttled[(int)RequestKind.Item],
                Refused = _refused,
                Faults = _faults,
                Cost = (_charged[(int)RequestKind.Get] * options.GetPrice)
                    + (_charged[(int)RequestKind.Head] * options.HeadPrice)
                    + (_charged[(int)RequestKind.Page] * options.PagePrice),
                Sessions =
                [
                    .. _sessions
                        .OrderBy(entry => entry.Key.Ticker, StringComparer.Ordinal)
                        .ThenBy(entry => entry.Key.SessionDate)
                        .Select(entry => entry.Value.Of(entry.Key.Ticker, entry.Key.SessionDate)),
                ],
            };
        }
    }

    private record struct Tally(long Gets, long Found, long Heads, long Pages)
    {
        public readonly SessionUsage Of(string ticker, DateOnly? sessionDate) => new(ticker, sessionDate, Gets, Found, Heads, Pages);
    }
}
