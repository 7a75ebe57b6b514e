namespace EodPredict.Availability;

/// <summary>How often a dataset's cheap signal was right, judged by the GETs sent at the same time.</summary>
/// <param name="YesAndThere">Times it said yes and the data was there.</param>
/// <param name="YesNotThere">Times it said yes and the data was not there.</param>
/// <param name="NoAndThere">Times it said no and the data was there.</param>
/// <param name="NoNotThere">Times it said no and the data was not there.</param>
public sealed record SignalTrust(double YesAndThere, double YesNotThere, double NoAndThere, double NoNotThere)
{
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

    /// <summary>Whether asking it beside a GET still teaches something: not once it has proved useless.</summary>
    public bool IsWorthWatching => IsTrusted || YesAndThere + YesNotThere + NoAndThere + NoNotThere < HopelessAfter || FalseYes + FalseNo < 0.8;
}
