using System.Text;

namespace EodPredict.Providers.Replies;

/// <summary>
/// What a reply says about the data. Pure; never throws for what a provider sent, and its reasons hold neither key nor address nor more
/// than 80 characters of the body.
/// </summary>
internal static class ReplyClassifier
{
    private const int SearchedBytes = 64 * 1024;

    /// <summary>
    /// Judges the reply to a GET, or to a look at a status page. A page that is still unread at <paramref name="stop"/> is broken.
    /// </summary>
    public static Verdict Classify(
        RawReply reply, ReplyRules rules, ReplyQuestion question, ProviderKey key, CancellationToken stop = default) =>
        Redacted(
            ByTransport(reply, rules, key)
                ?? (IsGood(reply) ? ByBody(reply, rules, question, key, stop) : ByStatus(reply, rules, key)),
            key);

    /// <summary>Judges the reply to a HEAD, against what earlier replies told while the data was known not to be there.</summary>
    public static Verdict ClassifyHead(
        RawReply reply, ReplyRules rules, HeadSign sign, IReadOnlyCollection<Validators> before, ProviderKey key) =>
        Redacted(
            ByTransport(reply, rules, key) ?? (IsGood(reply) ? HeadSigns.Judge(reply, sign, before) : ByStatus(reply, rules, key)), key);

    private static bool IsGood(RawReply reply) => reply.Status is >= 200 and < 300 && reply.Status != 204;

    // What holds whatever else was sent: patience asked for, or nothing whole to judge.
    private static Verdict? ByTransport(RawReply reply, ReplyRules rules, ProviderKey key)
    {
        var retryAfter = RetryAfter.Read(reply.RetryAfter, reply.ReceivedAt);
        if (reply.Status is { } status
            && (rules.Statuses.GetValueOrDefault(status, ReplyOutcome.Broken) == ReplyOutcome.Throttled
                || (status == 503 && retryAfter is not null)))
        {
            var wait = retryAfter is { } asked ? $" and asked to wait {asked.TotalSeconds:0} s" : "";
            var said = Excerpt.Of(reply.Body, key);
            return new Verdict(ReplyOutcome.Throttled, $"The provider answered {status}{wait}: {said}.", null, retryAfter);
        }

        return reply.Fault is { } fault ? new Verdict(ReplyOutcome.Broken, fault)
            : reply.Status is null ? new Verdict(ReplyOutcome.Broken, "No reply came.")
            : null;
    }

    private static Verdict ByStatus(RawReply reply, ReplyRules rules, ProviderKey key)
    {
        var said = Excerpt.Of(reply.Body, key);
        if (reply.Status is >= 300 and < 400 and not 304) return new Verdict(ReplyOutcome.Broken, Redirect(reply, key));
        if (ByPattern(reply, rules, key) is { } verdict) return verdict;

        return rules.Statuses.TryGetValue(reply.Status!.Value, out var outcome)
            ? new Verdict(outcome, $"The provider answered {reply.Status}: {said}.")
            : new Verdict(ReplyOutcome.Broken, $"The provider answered {reply.Status}, for which there is no rule: {said}.");
    }

    private static Verdict ByBody(RawReply reply, ReplyRules rules, ReplyQuestion question, ProviderKey key, CancellationToken stop)
    {
        if (rules.Body is null)
        {
            return ByPattern(reply, rules, key)
                ?? ByGoodStatus(reply, rules)
                ?? (reply.Body.Length == 0 ? new Verdict(ReplyOutcome.NotYet, "The reply is empty.")
                : new Verdict(ReplyOutcome.Available, $"The provider answered {reply.Status} with {reply.Body.Length} bytes."));
        }

        var found = rules.Body.Read(reply.Body, question, rules.Dates, stop);
        var verdict = found switch
        {
            { Unreadable: { } what } => new Verdict(ReplyOutcome.Broken, $"The body is {what}: {Excerpt.Of(reply.Body, key)}."),
            { Absent: { } what } => new Verdict(rules.AbsentRows, $"The body lacks {what}: {Excerpt.Of(reply.Body, key)}."),
            _ => RowJudge.Judge(found.Rows, rules.Dates, question.SessionDate),
        };

        // A pattern may well occur in the data itself, so it is asked only where the data is not there.
        return verdict.Outcome == ReplyOutcome.Available ? verdict : ByPattern(reply, rules, key) ?? ByGoodStatus(reply, rules) ?? verdict;
    }

    private static Verdict? ByGoodStatus(RawReply reply, ReplyRules rules) =>
        rules.Statuses.TryGetValue(reply.Status!.Value, out var outcome)
            ? new Verdict(outcome, $"The provider answered {reply.Status}.")
            : null;

    private static Verdict? ByPattern(RawReply reply, ReplyRules rules, ProviderKey key)
    {
        if (rules.Patterns.Count == 0 || reply.Body.Length == 0) return null;

        // Redacted first: a match may begin in the middle of the key.
        var text = key.Redact(Encoding.UTF8.GetString(reply.Body.Span[..Math.Min(reply.Body.Length, SearchedBytes)]));
        return rules.Patterns.FirstOrDefault(candidate => candidate.Pattern.IsMatch(text)) is { } match
            ? new Verdict(
                match.Outcome,
                $"The provider answered {reply.Status} and wrote: {Excerpt.Of(text[match.Pattern.Match(text).Index..], key)}.",
                null,
                RetryAfter.Read(reply.RetryAfter, reply.ReceivedAt))
            : null;
    }

    private static string Redirect(RawReply reply, ProviderKey key)
    {
        var where = Uri.TryCreate(reply.Location, UriKind.RelativeOrAbsolute, out var target)
            ? target.IsAbsoluteUri ? $"the host {Excerpt.Of(target.Host, key)}" : "another path of the same host"
            : "an address that cannot be read";
        return $"The provider answered {reply.Status} and redirects to {where}; that is not followed, since it would carry the key along.";
    }

    private static Verdict Redacted(Verdict verdict, ProviderKey key) => verdict with { Reason = key.Redact(verdict.Reason) };
}
