namespace EodPredict.Scraping.Pace;

/// <summary>
/// Calls back at an instant, late by a tenth of a millisecond on an idle machine. The runtime's timers count in ticks of the system, are 3 to
/// 4 ms late on Linux and wake two threads; at 50 requests per second that is a fifth of the pace. It has a thread of its own, which the
/// callback runs on. Safe for concurrent use.
/// </summary>
/// <param name="time">Tells the time.</param>
/// <param name="callback">Is called once for each instant that was set and not replaced.</param>
internal sealed class PunctualTimer(TimeProvider time, Action callback) : IDisposable
{
    // A wait in whole milliseconds ends by so much later.
    private static readonly TimeSpan Waking = TimeSpan.FromMilliseconds(0.15);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    // Who asks for less sends so fast that it makes up for a millisecond, and would have a core spin all the time.
    private static readonly TimeSpan ShortestPunctual = TimeSpan.FromMilliseconds(4);

    private readonly Lock _starting = new();
    private readonly object _changed = new();
    private readonly long _origin = time.GetTimestamp();
    private Thread? _thread;
    private long _due = long.MaxValue;
    private long _waitsUntil = long.MaxValue;
    private bool _isPunctual;
    private bool _isOver;

    private long Now => time.GetElapsedTime(_origin).Ticks;

    /// <summary>Calls back after a time, and not at the instant that was set before.</summary>
    /// <param name="wait">0 or less for at once; no longer than a day.</param>
    public void Set(TimeSpan wait)
    {
        Start();
        lock (_changed)
        {
            var now = Now;
            (_due, _isPunctual) = (now + wait.Ticks, wait >= ShortestPunctual);

            // Who need not be punctual is served by a wait that is under way, if it ends no later than one begun now would.
            if (_due < _waitsUntil && (_isPunctual || wait <= TimeSpan.Zero || _waitsUntil > now + (InMilliseconds(wait) * TimeSpan.TicksPerMillisecond)))
            {
                Monitor.Pulse(_changed);
            }
        }
    }

    /// <summary>No callback begins any more.</summary>
    public void Dispose()
    {
        lock (_changed)
        {
            _isOver = true;
            Monitor.Pulse(_changed);
        }
    }

    private static int InMilliseconds(TimeSpan wait) => (int)Math.Ceiling(wait.TotalMilliseconds);

    private void Start()
    {
        lock (_starting)
        {
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "eod scrape pace" };
                _thread.Start();
            }
        }
    }

    private void Run()
    {
        while (WaitUntilDue())
        {
            callback();
        }
    }

    private bool WaitUntilDue()
    {
        while (true)
        {
            lock (_changed)
            {
                var left = TimeSpan.FromTicks(Math.Min(_due - Now, TimeSpan.TicksPerDay));
                if (_isOver)
                {
                    return false;
                }

                if (left <= TimeSpan.Zero)
                {
                    _due = long.MaxValue;
                    return true;
                }

                if (!_isPunctual || left >= Millisecond + Waking)
                {
                    var wait = _isPunctual ? (int)(left - Waking).TotalMilliseconds : InMilliseconds(left);
                    _waitsUntil = Now + (wait * TimeSpan.TicksPerMillisecond);
                    Monitor.Wait(_changed, wait);
                    _waitsUntil = 0;
                    continue;
                }
            }

            Thread.SpinWait(20);
        }
    }
}
