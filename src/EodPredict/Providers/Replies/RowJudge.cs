namespace EodPredict.Providers.Replies;

/// <summary>Whether the rows of a reply hold the session date that was asked for.</summary>
internal static class RowJudge
{
    public static Verdict Judge(IReadOnlyList<ReplyRow> rows, DateRule? dates, DateOnly sessionDate)
    {
        if (rows.Count == 0) return new Verdict(ReplyOutcome.NotYet, "The reply is well formed and has no row yet.");
        if (dates is null) return Whole(rows, "a row");

        if (rows.Max(row => row.Date) is not { } newest)
        {
            return new Verdict(ReplyOutcome.Broken, $"The reply has rows ({rows.Count}), but no date that can be read in any.");
        }

        if (newest < sessionDate)
        {
            return new Verdict(ReplyOutcome.Stale, $"The newest row is of {newest:yyyy-MM-dd}, not of {sessionDate:yyyy-MM-dd}.", newest);
        }

        var wanted = dates.Match == DateMatch.Exact ? sessionDate : newest;
        var found = rows.Where(row => row.Date == wanted).ToList();
        return found.Count == 0
            ? new Verdict(ReplyOutcome.NotYet, $"There are rows up to {newest:yyyy-MM-dd}, but none of {sessionDate:yyyy-MM-dd}.", newest)
            : Whole(found, $"a row of {wanted:yyyy-MM-dd}") with { DataDate = newest };
    }

    private static Verdict Whole(IReadOnlyList<ReplyRow> rows, string what) => rows.Any(row => row.Lacking is null)
        ? new Verdict(ReplyOutcome.Available, $"There is {what} with every required field.")
        : new Verdict(ReplyOutcome.Partial, $"There is {what}, but '{rows[0].Lacking}' is missing or no number.");
}
