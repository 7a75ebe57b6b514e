using EodPredict.Service.Api;

namespace EodPredict.Service.Pages;

/// <summary>What a browser is shown where the web server itself refuses or fails, outside the API.</summary>
internal static class PageProblems
{
    // Other pages' frames and scripts stay out, and no page asks another host for anything.
    private const string Policy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    /// <summary>A browser gets a page that leads on, anything else the problem that the API would answer.</summary>
    public static void UsePageProblems(this WebApplication service) => service.UseWhen(
        context => !context.Request.Path.StartsWithSegments(ApiRoutes.Root, StringComparison.Ordinal),
        pages => pages
            .UseStatusCodePages(refused => TellAsync(refused.HttpContext))
            .UseExceptionHandler(failed => failed.Run(TellAsync)));

    /// <summary>Has the browser keep a page to this service alone.</summary>
    public static void Confine(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "same-origin";
    }

    /// <summary>Whether whoever asks can show a page.</summary>
    public static bool ShowsPages(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html");

    private static Task TellAsync(HttpContext context)
    {
        if (!ShowsPages(context.Request))
        {
            return ApiRoutes.TellAsync(context);
        }

        Confine(context.Response);
        var status = context.Response.StatusCode;
        var page = status switch
        {
            StatusCodes.Status404NotFound => PageRoutes.Missing(),
            StatusCodes.Status405MethodNotAllowed => PageRoutes.Message(
                status, "Not here", "This address only does what a button asks for; the pages above have the buttons."),
            >= StatusCodes.Status500InternalServerError => PageRoutes.Message(
                status, "The service failed", "This could not be shown. The service goes on; its log says what happened."),
            _ => PageRoutes.Message(status, "Not understood", "Something in this address has no value that it can have."),
        };
        return page.ExecuteAsync(context);
    }
}
