using System.CommandLine;
using System.Globalization;
using EodPredict.Scraping;

namespace EodPredict.Service.CommandLine;

/// <summary>The option whose value is a range of numbers: 1..20000.</summary>
internal static class IdsOption
{
    private const string Between = "..";

    public static Option<IdRange?> Create() => new("--ids")
    {
        Description = "The ids, as a range of numbers such as 1..20000.",
        HelpName = "FIRST..LAST",
        CustomParser = result =>
        {
            if (result.Tokens is [var token] && token.Value.Split(Between) is [var first, var last]
                && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
                && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to) && from <= to)
            {
                return new IdRange(from, to);
            }

            result.AddError("--ids takes a range such as 1..20000.");
            return null;
        },
    };
}
