namespace EodPredict.Scraping.Http;

/// <summary>
/// Tokens that are cancelled when a time has passed. What begins within a moment shares one: a timer a request costs more than much of what
/// is done for it. Safe for concurrent use.
/// </summary>
/// <param name="timeout">The least time until a token is cancelled; a moment more at most.</param>
/// <param name="time">Counts it.</param>
internal sealed class SharedDeadlines(TimeSpan timeout, TimeProvider time) : IDisposable
{
    /// <summary>By how much longer than its time something may take.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    private readonly Lock _changing = new();
    private readonly Queue<Deadline> _running = new();
    private Deadline? _last;

    /// <summary>A token that is cancelled when the time has passed, or when another one is.</summary>
    public CancellationToken Begin(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var last = Volatile.Read(ref _last);
        return last is not null && last.Follows == cancellationToken && time.GetElapsedTime(last.Began, now) < Moment
            ? last.Token
            : BeginAnother(now, cancellationToken);
    }

    public void Dispose()
    {
        lock (_changing)
        {
            foreach (var deadline in _running)
            {
                deadline.Dispose();
            }

            _running.Clear();
        }
    }

    private CancellationToken BeginAnother(long now, CancellationToken cancellationToken)
    {
        lock (_changing)
        {
            while (_running.TryPeek(out var oldest) && oldest.Token.IsCancellationRequested)
            {
                _running.Dequeue().Dispose();
            }

            var begun = new Deadline(now, timeout + Moment, time, cancellationToken);
            _running.Enqueue(begun);
            Volatile.Write(ref _last, begun);
            return begun.Token;
        }
    }

    private sealed class Deadline : IDisposable
    {
        private readonly CancellationTokenSource _source;
        private readonly CancellationTokenRegistration _following;

        public Deadline(long began, TimeSpan longest, TimeProvider time, CancellationToken follows)
        {
            (Began, Follows, _source) = (began, follows, new CancellationTokenSource(longest, time));
            Token = _source.Token;
            _following = follows.Register(_source.Cancel);
        }

        public long Began { get; }

        public CancellationToken Follows { get; }

        public CancellationToken Token { get; }

        public void Dispose()
        {
            _following.Dispose();
            _source.Dispose();
        }
    }
}
