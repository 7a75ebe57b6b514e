using EodPredict.Jobs;

namespace EodPredict.Service.Pages.Layout;

/// <summary>The pages that can be reached from every other, and from the job engine's own dashboard.</summary>
internal static class Navigation
{
    public const string Today = "Today";

    public static IReadOnlyList<DashboardLink> Links { get; } =
    [
        new(Today, "/"),
    ];
}
