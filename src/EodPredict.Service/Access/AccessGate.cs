using EodPredict.Service.Api;

namespace EodPredict.Service.Access;

/// <summary>
/// Turns away, before anything looks at it, what was meant for another name, as a page does whose own name was pointed at this address, and
/// what a proxy passes on where nobody needs a key.
/// </summary>
internal sealed class AccessGate(RequestDelegate next, AccessReach reach, KnownKeys keys)
{
    // A probe names the address that it asks; this one tells nothing.
    private const string Open = "/health/live";

    private static readonly string[] MarksOfProxies = ["X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via"];

    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host;
        if (reach.Hosts is { } hosts && context.Request.Path != Open
            && !(host.HasValue && HostString.MatchesAny(host.Value, [.. hosts.Select(name => new Microsoft.Extensions.Primitives.StringSegment(name))])))
        {
            return ApiProblem.Of(
                StatusCodes.Status400BadRequest, "host_not_allowed",
                $"The service is not reached by this name. Call it localhost, or add the name to {AccessOptions.Section}:Hosts.")
                .ExecuteAsync(context);
        }

        return keys.NobodyNeedsOne && MarksOfProxies.Any(context.Request.Headers.ContainsKey)
            ? ApiProblem.Of(
                StatusCodes.Status403Forbidden, "proxy_without_keys",
                "A proxy passed this on, and nobody needs a key here. Make one with 'eod keys create --name NAME --role operator' first.")
                .ExecuteAsync(context)
            : next(context);
    }
}
