namespace EodPredict.Service.Doctor;

/// <summary>One thing that the doctor looked at. Holds no secret.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Level">How it is meant.</param>
/// <param name="Text">What was found; where it is bad, also what to do.</param>
internal sealed record Finding(string Subject, FindingLevel Level, string Text)
{
    public static Finding Good(string subject, string text) => new(subject, FindingLevel.Good, text);

    public static Finding Note(string subject, string text) => new(subject, FindingLevel.Note, text);

    public static Finding Bad(string subject, string text) => new(subject, FindingLevel.Bad, text);
}
