using System.CommandLine;
using System.Globalization;

namespace EodPredict.Service.CommandLine;

/// <summary>Options whose value is a date, written as 2026-11-20.</summary>
internal static class DateOption
{
    public static Option<DateOnly?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DATE",
        CustomParser = result =>
        {
            if (result.Tokens is [var token]
                && DateOnly.TryParseExact(token.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
            {
                return parsed;
            }

            result.AddError($"{name} takes a date such as 2026-11-20.");
            return null;
        },
    };
}
