using NodaTime;

namespace EodPredict.Providers.Configuration;

/// <summary>Turns <see cref="ProviderOptions"/> into what all calls to the provider share, and finds every fault in them.</summary>
internal sealed class ProviderReader(string path, Func<string, string?> environment, ICollection<ConfigurationFault> faults)
{
    private const int ShortestKey = 4;

    public ProviderAccess Read(string name, ProviderOptions options)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(options.BudgetTimeZone) is null)
        {
            Fault(nameof(options.BudgetTimeZone), options.BudgetTimeZone, Names.AllowedZone);
        }

        return new ProviderAccess
        {
            Name = name,
            Key = Key(options),
            Headers = Headers(options),
            MaxInFlight = options.MaxInFlight,
            Timeout = options.Timeout,
            MaxReplyBytes = options.MaxReplyBytes,
        };
    }

    private ProviderKey Key(ProviderOptions options)
    {
        if (options.KeyFromEnvironment is not { Length: > 0 } variable) return ProviderKey.None;

        var isName = variable.All(c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_') && !char.IsAsciiDigit(variable[0]);
        var value = environment(variable);
        if (string.IsNullOrEmpty(value))
        {
            // Somebody may have put the key itself here.
            Fault(nameof(options.KeyFromEnvironment), isName ? variable : null,
                "There is no such environment variable, or it is empty. Expected the name of one that holds the provider's key.");
            return ProviderKey.None;
        }

        if (value.Length < ShortestKey || value.Any(c => c is <= ' ' or > '~'))
        {
            Fault(nameof(options.KeyFromEnvironment), isName ? variable : null,
                $"What the variable holds can be no key: expected {ShortestKey} or more printable ASCII characters without spaces.");
        }

        return new ProviderKey(value);
    }

    private Dictionary<string, string> Headers(ProviderOptions options)
    {
        foreach (var (name, value) in options.Headers)
        {
            var where = $"{nameof(options.Headers)}:{name}";
            if (value.Any(char.IsControl) || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
            {
                Fault(where, null, "Expected the name of a header and a value of one line.");
            }

            var places = value.Contains("{key}", StringComparison.Ordinal);
            if (places && string.IsNullOrEmpty(options.KeyFromEnvironment))
            {
                Fault(where, value, $"It holds {{key}}. {SecretPlaces.NameIt}");
            }
            else if (!places && SecretPlaces.IsNamedLikeASecret(name))
            {
                Fault(where, null, SecretPlaces.NotHere);
            }
        }

        return options.Headers;
    }

    private void Fault(string name, string? value, string problem) => faults.Add(new ConfigurationFault($"{path}:{name}", value, problem));
}
