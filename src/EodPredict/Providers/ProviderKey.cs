namespace EodPredict.Providers;

/// <summary>The secret that a provider knows us by. Never printed; <see cref="Redact"/> takes it out of what others print.</summary>
internal sealed class ProviderKey(string value)
{
    private const string Mark = "***";

    /// <summary>For providers that ask for no key.</summary>
    public static ProviderKey None { get; } = new("");

    public string Value { get; } = value;

    /// <summary>The text without the key, in whatever case or URL encoding it stands there.</summary>
    public string Redact(string text)
    {
        if (Value.Length == 0) return text;

        var redacted = text.Replace(Value, Mark, StringComparison.OrdinalIgnoreCase);
        var escaped = Uri.EscapeDataString(Value);
        return escaped == Value ? redacted : redacted.Replace(escaped, Mark, StringComparison.OrdinalIgnoreCase);
    }

    public override string ToString() => "(key)";
}
