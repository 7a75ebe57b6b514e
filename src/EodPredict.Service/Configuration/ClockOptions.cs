using EodPredict.Jobs;

namespace EodPredict.Service.Configuration;

/// <summary>How the service's clock runs; the section <c>Eod:Clock</c>. Processes of one installation must share it.</summary>
internal sealed class ClockOptions
{
    public const string Section = "Eod:Clock";

    /// <summary>Service seconds in a wall second; greater than 0, at most 100000. The default is 1: the wall clock itself.</summary>
    public double Speed { get; set; } = 1;

    /// <summary>An instant of the wall clock, ISO 8601 with its offset. Needed where the speed is not 1.</summary>
    public DateTimeOffset? WallOrigin { get; set; }

    /// <summary>What the service's clock shows at <see cref="WallOrigin"/>. Needed where <see cref="WallOrigin"/> is given.</summary>
    public DateTimeOffset? ServiceOrigin { get; set; }

    public static ClockOptions Read(IConfiguration configuration) =>
        configuration.GetSection(Section).Get<ClockOptions>() ?? new ClockOptions();

    public TimeScale ToTimeScale() =>
        WallOrigin is { } wall && ServiceOrigin is { } service
            ? new TimeScale(wall.ToUniversalTime(), service.ToUniversalTime(), Speed)
            : TimeScale.Real;

    public IEnumerable<string> Faults()
    {
        if (Speed is not (> 0 and <= 100_000))
        {
            yield return $"{Section}:Speed is {Speed}; allowed is a number greater than 0 and at most 100000.";
        }

        if (WallOrigin is null != ServiceOrigin is null || (Speed != 1 && WallOrigin is null))
        {
            yield return $"{Section}: WallOrigin and ServiceOrigin are needed together, and both where Speed is not 1 (it is {Speed}).";
        }
    }
}
