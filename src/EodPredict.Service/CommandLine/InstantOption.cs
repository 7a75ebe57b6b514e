using System.CommandLine;
using System.Globalization;

namespace EodPredict.Service.CommandLine;

/// <summary>Options whose value is an instant, written as 2026-11-24T06:00Z or with an offset.</summary>
internal static class InstantOption
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz",
    ];

    public static Option<DateTimeOffset?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "INSTANT",
        CustomParser = result =>
        {
            if (result.Tokens is [var token] && DateTimeOffset.TryParseExact(
                token.Value, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
            {
                return parsed.ToUniversalTime();
            }

            result.AddError($"{name} takes an instant such as 2026-11-24T06:00Z.");
            return null;
        },
    };
}
