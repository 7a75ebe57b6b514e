using EodPredict.Scraping.Limit;

namespace EodPredict.Scraping.Http;

/// <summary>Tells from a reply's status and headers what it means for its item and for the limit. Pure.</summary>
internal static class ReplyTriage
{
    /// <summary>Judges a reply whose body, if it has one, came whole.</summary>
    public static ReplyVerdict Judge(int status, LimitHint hint) => status switch
    {
        >= 200 and < 300 => new(ReplyKind.Accepted, $"answered {status}", hint),

        // 420, 430, 509 and 529 are what some sites say instead of 429.
        429 or 420 or 430 or 509 or 529 => Throttled(status, hint),
        503 => Throttled(status, hint) with { IsUnexplained = hint.RetryAfter is null },
        403 when hint.RetryAfter is not null || hint.Remaining == 0 => Throttled(status, hint),
        401 or 407 => new(ReplyKind.Unauthorized, $"answered {status}: the server does not know us. Give it its key by --header", hint),
        408 or 425 => new(ReplyKind.Transient, $"answered {status}", hint),
        >= 300 and < 400 => new(ReplyKind.Permanent, $"answered {status}, a redirect; they are not followed", hint),
        501 or 505 => new(ReplyKind.Permanent, $"answered {status}", hint),
        >= 500 => new(ReplyKind.Transient, $"answered {status}", hint),
        _ => new(ReplyKind.Permanent, $"answered {status}", hint),
    };

    /// <summary>No whole reply came.</summary>
    public static ReplyVerdict Fault(string reason) => new(ReplyKind.Transient, reason, IsAnswer: false);

    /// <summary>What it tells about the server's limit. A reply that is of no use still was let through.</summary>
    public static AttemptOutcome Outcome(ReplyKind kind) => kind switch
    {
        ReplyKind.Throttled => AttemptOutcome.Refused,
        ReplyKind.Transient => AttemptOutcome.Failed,
        _ => AttemptOutcome.Accepted,
    };

    private static ReplyVerdict Throttled(int status, LimitHint hint) =>
        new(
            ReplyKind.Throttled, $"answered {status}",
            hint with { RetryAfter = hint.RetryAfter ?? (hint.Remaining > 0 ? null : hint.Reset) });
}
