namespace EodPredict.Service.Pages.Throttle;

/// <summary>What an endpoint is expected to bear in one hour of the coming week: means over its windows, in requests per second.</summary>
/// <param name="Weekday">From 1, Monday, to 7.</param>
/// <param name="Hour">Of the day, UTC.</param>
/// <param name="PerSecond">What the limit exceeds as likely as not.</param>
/// <param name="Low">What it exceeds with 90%.</param>
/// <param name="High">What it exceeds with 10%.</param>
public sealed record ForecastHour(int Weekday, int Hour, double PerSecond, double Low, double High)
{
    /// <summary>Half the width from <see cref="Low"/> to <see cref="High"/>, as a share of what is expected.</summary>
    public double Doubt => (High - Low) / 2 / PerSecond;
}
