using System.Security.Claims;
using EodPredict.Access;

namespace EodPredict.Service.Access;

/// <summary>Who sends a request.</summary>
internal static class Visitor
{
    /// <summary>The one who is alone on a machine.</summary>
    public static ClaimsPrincipal Alone { get; } = Of("alone", "", "", AccessRoles.Operator);

    /// <summary>Who has shown a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="scheme">How it was shown.</param>
    public static ClaimsPrincipal Of(AccessKey key, string scheme) => Of(scheme, key.Hash, key.Name, key.Role);

    /// <summary>Whether somebody may change something.</summary>
    public static bool MayChange(this ClaimsPrincipal visitor) => visitor.IsInRole(AccessRoles.Operator);

    /// <summary>Whether somebody may read.</summary>
    public static bool MayRead(this ClaimsPrincipal visitor) => visitor.IsInRole(AccessRoles.Reader) || visitor.MayChange();

    /// <summary>The hash of the key that was shown; empty where none was needed.</summary>
    public static string KeyHash(this ClaimsPrincipal visitor) => visitor.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";

    private static ClaimsPrincipal Of(string scheme, string hash, string name, string role) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, hash), new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, role)], scheme));
}
