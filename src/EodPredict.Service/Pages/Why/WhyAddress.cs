using System.Globalization;
using EodPredict.Jobs;

namespace EodPredict.Service.Pages.Why;

/// <summary>Where one session is explained.</summary>
internal static class WhyAddress
{
    public const string Path = "/why";

    public static string Of(string dataset, string ticker, DateOnly sessionDate) =>
        PageAddress.Of(Path, ("dataset", dataset), ("ticker", ticker), ("date", Shown.Date(sessionDate)));

    public static string Of(long session) => PageAddress.Of(Path, ("session", session.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Whether the id of this job is a session's.</summary>
    public static bool IsAbout(JobKey job) => job.Kind is "check" or "reread";
}
