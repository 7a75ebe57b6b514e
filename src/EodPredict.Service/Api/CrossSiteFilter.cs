namespace EodPredict.Service.Api;

/// <summary>
/// Refuses what changes something and was sent by a page of another site: a browser sends a plain form anywhere. It says itself where a
/// request comes from; what does not say so, as scripts and curl, is no browser.
/// </summary>
internal sealed class CrossSiteFilter : IEndpointFilter
{
    private const string Code = "cross_site";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsOwn(request)
            ? next(context)
            : ValueTask.FromResult<object?>(ApiProblem.Of(
                StatusCodes.Status403Forbidden, Code,
                "A page of another site sent this, so it was not done. Send it from a script, or from a page of this service."));
    }

    // Behind a proxy the scheme differs; the host does not.
    private static bool IsOwn(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site ? site is "same-origin" or "none"
        : request.Headers.Origin.ToString() is not { Length: > 0 } origin
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && new HostString(from.Authority).Equals(new HostString(request.Host.Value ?? "")));
}
