namespace EodPredict.Tests.Scraping.Simulation;

/// <summary>A process that stands still for a while, in seconds.</summary>
/// <param name="Process">Which.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when; then it goes on, or, killed, begins anew.</param>
/// <param name="IsKilled">Whether it forgets everything.</param>
internal sealed record ProcessStop(int Process, double From, double Until, bool IsKilled)
{
    public bool Holds(double at) => at >= From && at < Until;
}
