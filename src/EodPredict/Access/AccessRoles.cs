namespace EodPredict.Access;

/// <summary>What a key allows.</summary>
public static class AccessRoles
{
    /// <summary>Everything that only reads.</summary>
    public const string Reader = "reader";

    /// <summary>Everything.</summary>
    public const string Operator = "operator";

    public static IReadOnlyList<string> All { get; } = [Reader, Operator];
}
