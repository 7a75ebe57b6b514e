using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace EodPredict.Service.Access;

/// <summary>Takes a key from <c>Authorization: Bearer</c>, as scripts send it.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, KeyCheck check)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "bearer";

    private const string Prefix = "Bearer ";

    /// <summary>Whether a request brings one.</summary>
    public static bool IsBroughtBy(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var secret = Request.Headers.Authorization.ToString()[Prefix.Length..].Trim();
        var verdict = await check.AskAsync(secret, Context.Connection.RemoteIpAddress, Context.RequestAborted);
        if (verdict.IsOneTooMany)
        {
            Context.Features.Set(new TooManyFailures());
        }

        return verdict.Key is { } key
            ? AuthenticateResult.Success(new AuthenticationTicket(Visitor.Of(key, Scheme.Name), Scheme.Name))
            : AuthenticateResult.Fail("That key does not hold.");
    }
}
