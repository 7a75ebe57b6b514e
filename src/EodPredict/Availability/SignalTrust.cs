namespace EodPredict.Availability;

/// <summary>How often a dataset's cheap signal was right, judged by the GETs sent at the same time.</summary>
/// <param name="YesAndThere">Times it said yes and the data was there.</param>
/// <param name="YesNotThere">Times it said yes and the data was not there.</param>
/// <param name="NoAndThere">Times it said no and the data was there.</param>
/// <param name="NoNotThere">Times it said no and the data was not there.</param>
public sealed record SignalTrust(double YesAndThere, double YesNotThere, double NoAndThere, double NoNotThere)
{
    /// <summary>Each new pair weighs the older ones down by this, so that a signal that starts to lie loses its trust within some dozens of GETs.</summary>
    internal const double Memory = 0.98;

    private const double EnoughOfEach = 3;
    private const double WorstTrusted = 0.2;
    private const double HopelessAfter = 20;

    /// <summary>Nothing is known of it.</summary>
    public static SignalTrust None { get; } = new(0, 0, 0, 0);

    /// <summary>The probability that it says yes where the data is not there. One false answer in three is supposed before there is any experience.</summary>
    public double FalseYes => (YesNotThere + 0.5) / (YesNotThere + NoNotThere + 1.5);

    /// <summary>The probability that it says no where the data is there, with the same supposition.</summary>
    public double FalseNo => (NoAndThere + 0.5) / (YesAndThere + NoAndThere + 1.5);

    /// <summary>Whether it separates well enough, on experience with both, to be asked instead of a GET.</summary>
    public bool IsTrusted =>
        YesAndThere + NoAndThere >= EnoughOfEach && YesNotThere + NoNotThere >= EnoughOfEach && FalseYes <= WorstTrusted && FalseNo <= WorstTrusted;

    /// <summary>What is known after one more answer that was judged by a GET.</summary>
    /// <param name="saidYes">What it said.</param>
    /// <param name="wasThere">What the GET found.</param>
    /// <param name="unjudged">
    /// How often it had said no of this session since the last GET. Once it says yes and is right, those are taken to have been right too:
    /// a signal that is asked instead of GETs would else be judged by its false alarms alone, and lose its trust for being used.
    /// </param>
    public SignalTrust After(bool saidYes, bool wasThere, int unjudged = 0)
    {
        double Count(bool yes, bool there) => saidYes == yes && wasThere == there ? 1 : 0;
        return new SignalTrust(
            (YesAndThere * Memory) + Count(true, true), (YesNotThere * Memory) + Count(true, false),
            (NoAndThere * Memory) + Count(false, true), (NoNotThere * Memory) + Count(false, false) + (Count(true, true) * unjudged));
    }

    /// <summary>Whether asking it beside a GET still teaches something: not once it has proved useless.</summary>
    public bool IsWorthWatching => IsTrusted || YesAndThere + YesNotThere + NoAndThere + NoNotThere < HopelessAfter || FalseYes + FalseNo < 0.8;
}
