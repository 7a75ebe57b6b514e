using EodPredict.Access;
using EodPredict.Jobs;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.HttpOverrides;

namespace EodPredict.Service.Access;

/// <summary>Who may do what over HTTP.</summary>
internal static class AccessRegistration
{
    private const string Scheme = "access";
    private const string CookieName = "eod-session";

    private static readonly TimeSpan Session = TimeSpan.FromHours(12);

    /// <summary>Keys, and the two ways to show one. Needs the database and the wall clock.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        var reach = new AccessReach(configuration);
        services.AddSingleton(reach).AddSingleton<AccessKeys>().AddSingleton<KeyCheck>().AddSingleton<KnownKeys>()
            .AddHostedService(provider => provider.GetRequiredService<KnownKeys>())
            .AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswer>()
            .AddAuthorization(AccessPolicies.Add)
            .AddAuthentication(Scheme)
            .AddPolicyScheme(Scheme, null, scheme => scheme.ForwardDefaultSelector = context =>
                context.RequestServices.GetRequiredService<KnownKeys>().NobodyNeedsOne ? AloneHandler.SchemeName
                : BearerHandler.IsBroughtBy(context.Request) ? BearerHandler.SchemeName
                : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, AloneHandler>(AloneHandler.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, null)
            .AddCookie(cookie =>
            {
                cookie.Cookie.Name = CookieName;
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Strict;
                cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                cookie.ExpireTimeSpan = Session;
                cookie.SlidingExpiration = true;
                cookie.Events.OnValidatePrincipal = ValidateAsync;
            });
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<IServiceProvider>((cookie, provider) =>
                cookie.TimeProvider = provider.GetRequiredKeyedService<TimeProvider>(WallClock.Key));
        return services.Configure<ForwardedHeadersOptions>(headers =>
        {
            headers.ForwardedHeaders = reach.Networks.Count > 0
                ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var network in reach.Networks)
            {
                headers.KnownIPNetworks.Add(network);
            }
        });
    }

    /// <summary>Stands before everything else that is served.</summary>
    public static void UseAccess(this WebApplication service)
    {
        service.UseMiddleware<AccessGate>();
        service.UseForwardedHeaders();
        service.UseAuthentication();
        service.UseAuthorization();
    }

    // A cookie is worth what its key is worth now.
    private static async Task ValidateAsync(CookieValidatePrincipalContext cookie)
    {
        var keys = cookie.HttpContext.RequestServices.GetRequiredService<KnownKeys>();
        if (cookie.Principal is not { } visitor || keys.Find(visitor.KeyHash()) is null)
        {
            cookie.RejectPrincipal();
            await cookie.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        }
    }
}
