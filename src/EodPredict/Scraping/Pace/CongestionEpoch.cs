namespace EodPredict.Scraping.Pace;

/// <summary>
/// The refusals that one excess of ours brought about, however many they are: from the first request refused until all is answered that
/// was sent before the first refusal was read. Times in seconds. Not thread-safe.
/// </summary>
internal sealed class CongestionEpoch
{
    /// <summary>Whether it is not over yet.</summary>
    public bool Open { get; private set; }

    /// <summary>When the first request was sent that was refused.</summary>
    public double From { get; private set; }

    /// <summary>When the first refusal was read.</summary>
    public double Seen { get; private set; }

    /// <summary>When the last request was sent that was refused.</summary>
    public double Last { get; private set; }

    /// <summary>Requests refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Requests admitted that were sent since <see cref="From"/>.</summary>
    public int Admitted { get; private set; }

    /// <summary>When the last of those was sent.</summary>
    public double LastAdmitted { get; private set; }

    /// <summary>Whether it was provoked by sending faster in order to learn.</summary>
    public bool Provoked { get; private set; }

    /// <summary>The slowest pace since the epoch before, in requests per second.</summary>
    public double Slowest { get; private set; }

    /// <summary>The fastest pace since the epoch before, in requests per second.</summary>
    public double Fastest { get; private set; }

    /// <summary>Until when requests were sent whose refusal belongs to an epoch that is over.</summary>
    public double Decided { get; private set; } = double.NegativeInfinity;

    /// <summary>The pace that the server admitted while it refused, in requests per second: a rough figure.</summary>
    public double AdmittedPace => Fastest * (Admitted + 0.5) / (Admitted + Refused + 1);

    public void Begin(double sent, double now, int admittedSince, bool provoked, double slowest, double fastest)
    {
        (Open, From, Seen, Last, LastAdmitted) = (true, sent, now, sent, sent);
        (Refused, Admitted, Provoked, Slowest, Fastest) = (0, admittedSince, provoked, slowest, fastest);
    }

    /// <summary>Nothing answers at all: an epoch without refusals.</summary>
    public void BeginOutage(double now) => (Open, From, Seen, Last, Refused, Admitted, Provoked) = (false, now, now, now, 0, 0, false);

    public void AddRefused(double sent)
    {
        Refused++;
        (From, Last) = (Math.Min(From, sent), Math.Max(Last, sent));
    }

    public void AddAdmitted(double sent)
    {
        if (Open && sent >= From)
        {
            Admitted++;
            LastAdmitted = Math.Max(LastAdmitted, sent);
        }
    }

    public void End(double now) => (Open, Decided) = (false, now);
}
