using System.CommandLine;
using EodPredict.Providers.Configuration;

namespace EodPredict.Service.CommandLine;

/// <summary>Options whose value is a duration as people write it: 48h, 15m, 30s.</summary>
internal static class DurationOption
{
    public static Option<TimeSpan> Create(string name, string description, TimeSpan byDefault) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result =>
        {
            if (result.Tokens is [var token] && Duration.TryParse(token.Value, out var duration) && duration > TimeSpan.Zero)
            {
                return duration;
            }

            result.AddError($"{name} takes {Duration.Allowed}, more than zero.");
            return default;
        },
    };
}
