namespace EodPredict.Access;

/// <summary>A key as it is stored; the key itself is not.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What people call it; of keys that are not revoked, one has a name.</param>
/// <param name="Role">One of <see cref="AccessRoles"/>.</param>
/// <param name="Hash">SHA-256 of the key, in lower-case hexadecimal.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">The hour in which it was last used; null where it never was.</param>
/// <param name="RevokedAt">When it was revoked; null where it holds.</param>
public sealed record AccessKey(
    long Id, string Name, string Role, string Hash, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt);
