using System.Globalization;

namespace EodPredict.Providers.Replies;

/// <summary>Whether the headers of a good reply to a HEAD tell of new data.</summary>
internal static class HeadSigns
{
    public static Verdict Judge(RawReply reply, HeadSign sign, IReadOnlyCollection<Validators> before)
    {
        if (sign == HeadSign.Status) return new Verdict(ReplyOutcome.Available, $"The provider answered HEAD with {reply.Status}.");

        var name = sign switch
        {
            HeadSign.EntityTag => "ETag",
            HeadSign.ContentLength => "Content-Length",
            _ => "Last-Modified",
        };
        if (Of(reply.Validators, sign) is not { } shown) return new Verdict(ReplyOutcome.Broken, $"The reply to HEAD has no {name}.");

        var old = before.Select(validators => Of(validators, sign)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return old.Count == 0 ? new Verdict(ReplyOutcome.Broken, $"There is no {name} of an earlier reply to compare with yet.")
            : old.Contains(shown) ? new Verdict(ReplyOutcome.NotYet, $"The {name} is as it was before the data.")
            : new Verdict(ReplyOutcome.Available, $"The {name} has changed.");
    }

    private static string? Of(Validators validators, HeadSign sign) => sign switch
    {
        // Weak or strong says nothing about the version.
        HeadSign.EntityTag => validators.EntityTag is ['W', '/', .. var tag] ? tag : validators.EntityTag,
        HeadSign.ContentLength => validators.ContentLength?.ToString(CultureInfo.InvariantCulture),
        _ => validators.LastModified?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
    };
}
