namespace EodPredict.Replay.Recorded;

/// <summary>One line of a recorded file that cannot be used.</summary>
/// <param name="Line">The line in the file; the header is line 1.</param>
/// <param name="Reason">What is wrong with it, and what is expected.</param>
public sealed record RecordedDaysFault(int Line, string Reason);
