namespace EodPredict.Providers.Profiles;

/// <summary>The vendors with a ready profile.</summary>
internal static class VendorProfiles
{
    public static IReadOnlyList<VendorProfile> All { get; } =
        [Eodhd.Profile, Tiingo.Profile, Massive.Profile, AlphaVantage.Profile, Stooq.Profile, NasdaqDataLink.Profile];
}
