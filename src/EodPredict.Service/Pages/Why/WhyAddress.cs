namespace EodPredict.Service.Pages.Why;

/// <summary>Where one session is explained.</summary>
internal static class WhyAddress
{
    public const string Path = "/why";

    public static string Of(string dataset, string ticker, DateOnly sessionDate) =>
        PageAddress.Of(Path, ("dataset", dataset), ("ticker", ticker), ("date", Shown.Date(sessionDate)));
}
