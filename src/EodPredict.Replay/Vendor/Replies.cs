using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace EodPredict.Replay.Vendor;

/// <summary>Puts answers on the wire.</summary>
internal static class Replies
{
    /// <summary>Sends status, headers and, unless it is a HEAD, the body.</summary>
    public static async Task SendAsync(HttpContext context, VendorAnswer answer, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        if (answer.EntityTag is { } tag)
        {
            response.Headers.ETag = tag;
        }

        if (answer.LastModified is { } changed)
        {
            response.Headers.LastModified = changed.ToString("R", CultureInfo.InvariantCulture);
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(answer.Body, cancellationToken);
        }
    }

    /// <summary>Refuses for lack of patience, in the way the options choose.</summary>
    public static Task SendThrottledAsync(
        HttpContext context, ThrottleOptions options, LimitDecision decision, CancellationToken cancellationToken)
    {
        if (options.SendRetryAfter)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling(decision.RetryAfter.TotalSeconds));
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var answer = options.Reply == ThrottleReply.NoteInBody ? JsonAnswers.Note() : JsonAnswers.Error(429, "too many requests");
        return SendAsync(context, answer, cancellationToken);
    }
}
