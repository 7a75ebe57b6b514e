namespace EodPredict.Providers.Configuration;

/// <summary>One thing that is wrong in the configuration.</summary>
/// <param name="Key">The full key, such as <c>Eod:Providers:eodhd:Timeout</c>.</param>
/// <param name="Value">What stands there, fit to be shown; null where nothing does, or where it may be a secret.</param>
/// <param name="Problem">What is wrong and what is allowed.</param>
public sealed record ConfigurationFault(string Key, string? Value, string Problem)
{
    private const int Longest = 80;

    /// <summary>The fault as one line.</summary>
    public override string ToString() => Value is null ? $"{Key}: {Problem}" : $"{Key}: '{Shown(Value)}': {Problem}";

    private static string Shown(string value)
    {
        var plain = string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c));
        return plain.Length > Longest ? plain[..Longest] + "…" : plain;
    }
}
