namespace EodPredict.Hangfire;

/// <summary>How often the engine polls and how long it waits, in wall time.</summary>
internal static class EngineTimings
{
    /// <summary>How often one process asks for jobs that another process has put into the queue; its own wake it at once.</summary>
    public static readonly TimeSpan QueuePoll = TimeSpan.FromMilliseconds(200);

    /// <summary>How often planned jobs are looked through for those to hand over.</summary>
    public static readonly TimeSpan SchedulePoll = TimeSpan.FromMilliseconds(500);

    /// <summary>How often recurring jobs are looked through.</summary>
    public static readonly TimeSpan RecurringPoll = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long before its instant a planned job is handed over. Hangfire keeps whole seconds and rounds down, so the hand-over falls
    /// from 2 s to about 0.5 s before the instant; the job itself waits for the rest.
    /// </summary>
    public static readonly TimeSpan Lead = TimeSpan.FromSeconds(1);

    /// <summary>A job due within this goes into the queue at once: the schedule could not hand it over any later than that.</summary>
    public static readonly TimeSpan Near = TimeSpan.FromSeconds(2);

    /// <summary>How far ahead of its occurrence a recurring job is handed over, at most.</summary>
    public static readonly TimeSpan RecurringLead = TimeSpan.FromSeconds(2);

    /// <summary>
    /// After how long without a sign of life a running job is taken for lost and delivered again; its process gives one every fifth of it,
    /// rounded up to whole seconds.
    /// </summary>
    public static readonly TimeSpan Lost = TimeSpan.FromSeconds(8);

    /// <summary>How often a process says that it is up.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    /// <summary>After how long without that it leaves the list of servers.</summary>
    public static readonly TimeSpan ServerGone = TimeSpan.FromSeconds(30);

    /// <summary>The pause before a try that follows a failed one, such as when PostgreSQL is being restarted.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    /// <summary>How long a stop waits for bodies before it cancels them.</summary>
    public static readonly TimeSpan StopGrace = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a stop waits for cancelled bodies before it leaves them behind.</summary>
    public static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);
}
