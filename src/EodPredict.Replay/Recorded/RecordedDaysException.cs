using System.Globalization;
using System.Text;

namespace EodPredict.Replay.Recorded;

/// <summary>A file of recorded days cannot be used; the message lists the file, each bad line and its reason.</summary>
public sealed class RecordedDaysException(string path, IReadOnlyList<RecordedDaysFault> faults, int faultCount)
    : Exception(Describe(path, faults, faultCount))
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>The first bad lines, in the order of the file.</summary>
    public IReadOnlyList<RecordedDaysFault> Faults { get; } = faults;

    /// <summary>How many lines are bad in all; may be more than <see cref="Faults"/> lists.</summary>
    public int FaultCount { get; } = faultCount;

    private static string Describe(string path, IReadOnlyList<RecordedDaysFault> faults, int faultCount)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{path} cannot be used: {faultCount} bad {(faultCount == 1 ? "line" : "lines")}.");
        foreach (var fault in faults)
        {
            text.AppendLine();
            text.Append(CultureInfo.InvariantCulture, $"  line {fault.Line}: {fault.Reason}");
        }

        if (faultCount > faults.Count)
        {
            text.AppendLine();
            text.Append(CultureInfo.InvariantCulture, $"  and {faultCount - faults.Count} more");
        }

        return text.ToString();
    }
}
