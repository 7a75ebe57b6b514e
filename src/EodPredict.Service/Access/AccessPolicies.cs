using EodPredict.Access;
using Microsoft.AspNetCore.Authorization;

namespace EodPredict.Service.Access;

/// <summary>Which role an endpoint demands.</summary>
internal static class AccessPolicies
{
    /// <summary>What only reads.</summary>
    public const string Reader = AccessRoles.Reader;

    /// <summary>What changes something.</summary>
    public const string Operator = AccessRoles.Operator;

    public static void Add(AuthorizationOptions authorization)
    {
        authorization.AddPolicy(Reader, policy => policy.RequireRole(AccessRoles.Reader, AccessRoles.Operator));
        authorization.AddPolicy(Operator, policy => policy.RequireRole(AccessRoles.Operator));

        // An endpoint that somebody forgot; an address without one only has to be hidden from strangers.
        authorization.FallbackPolicy = new AuthorizationPolicyBuilder()
            .RequireAssertion(asked => asked.User.MayChange()
                || (asked.User.MayRead() && asked.Resource is HttpContext context && context.GetEndpoint() is null))
            .Build();
    }

    /// <summary>
    /// Each endpoint in it that says nothing of its own demands a role by its method: reader where it takes GET alone, else operator.
    /// </summary>
    public static RouteGroupBuilder DemandRoles(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            if (!endpoint.Metadata.Any(said => said is IAuthorizeData or IAllowAnonymous))
            {
                var methods = endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods ?? [];
                var onlyReads = methods.Count > 0 && methods.All(method => HttpMethods.IsGet(method) || HttpMethods.IsHead(method));
                endpoint.Metadata.Add(new AuthorizeAttribute(onlyReads ? Reader : Operator));
            }
        });
        return group;
    }
}
