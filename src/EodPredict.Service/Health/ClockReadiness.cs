namespace EodPredict.Service.Health;

/// <param name="Speed">Service seconds in a wall second.</param>
/// <param name="Now">What the service's clock shows.</param>
internal sealed record ClockReadiness(double Speed, DateTimeOffset Now);
