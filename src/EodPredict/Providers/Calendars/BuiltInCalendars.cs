using System.Collections.Immutable;

namespace EodPredict.Providers.Calendars;

/// <summary>The calendars that come with the program: one embedded file a market.</summary>
internal static class BuiltInCalendars
{
    private const string Prefix = "Calendars/";

    private static readonly Lazy<ImmutableDictionary<string, MarketCalendar>> Loaded = new(Load);

    /// <summary>By name, without regard to case.</summary>
    public static ImmutableDictionary<string, MarketCalendar> All => Loaded.Value;

    private static ImmutableDictionary<string, MarketCalendar> Load()
    {
        var assembly = typeof(BuiltInCalendars).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(resource =>
            {
                using var stream = assembly.GetManifestResourceStream(resource)!;
                using var content = new MemoryStream();
                stream.CopyTo(content);
                return CalendarFile.Read(content.ToArray(), out var faults)
                    ?? throw new CalendarFileException([.. faults.Select(fault => fault.At(resource))]);
            })
            .ToImmutableDictionary(calendar => calendar.Name, StringComparer.OrdinalIgnoreCase);
    }
}
