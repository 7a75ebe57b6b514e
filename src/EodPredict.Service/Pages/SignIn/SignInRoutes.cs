using EodPredict.Service.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EodPredict.Service.Pages.SignIn;

/// <summary>Signing in with a key, and out.</summary>
internal static class SignInRoutes
{
    public const string Path = "/sign-in";
    public const string OutPath = "/sign-out";

    private const string Home = "/";

    /// <summary>Where to sign in, to go on there.</summary>
    public static string Of(string to) => PageAddress.Of(Path, ("to", to == Home ? "" : to));

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Show).AllowAnonymous();
        routes.MapPost(Path, SignInAsync).AllowAnonymous();
        routes.MapPost(OutPath, SignOutAsync).RequireAuthorization(AccessPolicies.Reader);
    }

    private static IResult Show(HttpContext context, KnownKeys keys)
    {
        var to = Local(context.Request.Query["to"].ToString());
        return keys.NobodyNeedsOne || context.User.MayRead() ? TypedResults.LocalRedirect(to)
            : Page(StatusCodes.Status200OK, new SignInContent(to, null, context.Request.Headers["Sec-Fetch-Site"] == "cross-site"));
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, IAntiforgery antiforgery, KeyCheck check, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
        {
            return Page(StatusCodes.Status400BadRequest, new SignInContent(Home, "This page was too old. Please try again.", false));
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var to = Local(form["to"].ToString());
        var verdict = await check.AskAsync(form["key"].ToString().Trim(), context.Connection.RemoteIpAddress, cancellationToken);
        if (verdict.Key is { } key)
        {
            await context.SignInAsync(
                CookieAuthenticationDefaults.AuthenticationScheme, Visitor.Of(key, CookieAuthenticationDefaults.AuthenticationScheme));
            return TypedResults.LocalRedirect(to);
        }

        return verdict.IsOneTooMany ? AccessAnswer.TooMany(context.Response)
            : Page(StatusCodes.Status401Unauthorized, new SignInContent(to, "That is no key that holds.", false));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.LocalRedirect(Home);
        }

        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.LocalRedirect(Path);
    }

    private static string Local(string to) => RedirectHttpResult.IsLocalUrl(to) ? to : Home;

    private static RazorComponentResult Page(int status, SignInContent content) =>
        new(typeof(SignInPage), new Dictionary<string, object?> { [nameof(SignInPage.Content)] = content })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
}
