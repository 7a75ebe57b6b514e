using Microsoft.AspNetCore.Http;

namespace EodPredict.Replay.Vendor;

/// <summary>Sends the replies that no client wants.</summary>
internal static class FaultyReply
{
    private const int ChunkBytes = 64 * 1024;
    private const int GarbageBytes = 2048;

    /// <summary>Sends the fault; returns when it is sent, the client has left or the server stops.</summary>
    public static async Task SendAsync(
        HttpContext context, FaultKind kind, FaultOptions options, SeededChance chance, long number, CancellationToken stop)
    {
        switch (kind)
        {
            case FaultKind.Outage:
                await Replies.SendAsync(context, JsonAnswers.Error(503, "the service is not available"), stop);
                break;
            case FaultKind.Hang:
                await new TaskCompletionSource().Task.WaitAsync(stop);
                break;
            case FaultKind.Garbage:
                await Replies.SendAsync(context, new(200, Garbage(chance, number), "application/json"), stop);
                break;
            case FaultKind.Huge:
                await SendHugeAsync(context, options.HugeBytes, stop);
                break;
            case FaultKind.Reset:
                context.Abort();
                break;
            case FaultKind.Redirect:
                context.Response.Redirect(options.RedirectTo.AbsoluteUri);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such fault.");
        }
    }

    private static byte[] Garbage(SeededChance chance, long number)
    {
        var bytes = new byte[GarbageBytes];
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] = (byte)(256 * chance.Draw("garbage", "", (number * GarbageBytes) + index));
        }

        return bytes;
    }

    private static async Task SendHugeAsync(HttpContext context, long bytes, CancellationToken stop)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var chunk = new byte[ChunkBytes];
        Array.Fill(chunk, (byte)' ');
        for (var left = bytes; left > 0; left -= ChunkBytes)
        {
            await context.Response.Body.WriteAsync(chunk.AsMemory(0, (int)Math.Min(left, ChunkBytes)), stop);
        }
    }
}
