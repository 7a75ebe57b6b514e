using EodPredict.Providers;

namespace EodPredict.Replay.Backtesting;

/// <summary>The next check of a played session.</summary>
/// <param name="At">When, as time since the close.</param>
/// <param name="Method">A GET, or a HEAD that is followed by the GET at once where it says yes.</param>
internal readonly record struct PlayedPlan(TimeSpan At, CheckMethod Method)
{
    /// <summary>A GET at this time since the close.</summary>
    public static PlayedPlan Get(TimeSpan at) => new(at, CheckMethod.Get);
}
