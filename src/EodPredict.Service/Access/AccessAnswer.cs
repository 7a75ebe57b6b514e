using EodPredict.Service.Api;
using EodPredict.Service.Pages;
using EodPredict.Service.Pages.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace EodPredict.Service.Access;

/// <summary>What is answered to those who may not: the sign-in page to a browser that opens a page, else a problem.</summary>
internal sealed class AccessAnswer : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        if (authorizeResult.Forbidden)
        {
            return ApiProblem.Of(
                StatusCodes.Status403Forbidden, "role_not_enough", $"This needs the role operator; the key '{context.User.Identity?.Name}' "
                    + "has the role reader.").ExecuteAsync(context);
        }

        if (context.Features.Get<TooManyFailures>() is not null)
        {
            return TooMany(context.Response).ExecuteAsync(context);
        }

        if (HttpMethods.IsGet(context.Request.Method) && PageProblems.ShowsPages(context.Request))
        {
            context.Response.Redirect(SignInRoutes.Of(context.Request.Path + context.Request.QueryString));
            return Task.CompletedTask;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ApiProblem.Of(
            StatusCodes.Status401Unauthorized, "key_needed",
            BearerHandler.IsBroughtBy(context.Request)
                ? "That key does not hold: it was revoked, or is not whole. An operator makes another with 'eod keys create'."
                : "This needs a key: send 'Authorization: Bearer KEY'. An operator makes one with 'eod keys create'.")
            .ExecuteAsync(context);
    }

    /// <summary>Too many wrong keys came from this address.</summary>
    public static IResult TooMany(HttpResponse response)
    {
        response.Headers.RetryAfter = "60";
        return ApiProblem.Of(
            StatusCodes.Status429TooManyRequests, "too_many_wrong_keys",
            "Too many wrong keys came from this address within a minute. Wait a minute; a right key is taken at any time.");
    }
}
