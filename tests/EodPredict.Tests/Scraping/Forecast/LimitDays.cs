using EodPredict.Scraping.Forecast;
using EodPredict.Tests.Scraping.Simulation;

namespace EodPredict.Tests.Scraping.Forecast;

/// <summary>
/// An endpoint whose limit goes with the time of day: half as high at noon as at midnight, a third higher on weekends, 2% more or less from
/// day to day and 3% from window to window. The same seed gives the same days.
/// </summary>
internal sealed class LimitDays
{
    public static readonly DateTimeOffset First = new(2026, 10, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly double[] _rates;
    private readonly double[] _usual;

    /// <param name="days">How many.</param>
    /// <param name="seed">Of all chance.</param>
    /// <param name="regime">What the limit is multiplied by, from the day and the plain hour on.</param>
    public LimitDays(int days, int seed, Func<int, double, double>? regime = null)
    {
        var random = new Random(seed);
        (_rates, _usual) = (new double[days * LimitWindow.ADay], new double[days * LimitWindow.ADay]);
        for (var day = 0; day < days; day++)
        {
            var isWeekend = First.AddDays(day).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            var today = Math.Exp(0.02 * Chance.Normal(random));
            for (var window = 0; window < LimitWindow.ADay; window++)
            {
                var hour = window / 4.0;
                var at = (day * LimitWindow.ADay) + window;
                _usual[at] = 50 * (isWeekend ? 4.0 / 3 : 1) * (0.75 + (0.25 * Math.Cos(hour / 12 * Math.PI))) * (regime?.Invoke(day, hour) ?? 1);
                _rates[at] = today * _usual[at] * Math.Exp(0.03 * Chance.Normal(random));
            }
        }
    }

    /// <summary>Requests per second that the endpoint bears at an instant; the last window's after the end.</summary>
    public double At(DateTimeOffset at) => _rates[Index(at)];

    /// <summary>The same without what differs from day to day and from window to window, which nobody could know.</summary>
    public double Usual(DateTimeOffset at) => _usual[Index(at)];

    /// <summary>What a scraper saw that met the limit in every window of the days in which it ran.</summary>
    /// <param name="days">The first days.</param>
    /// <param name="ran">Whether it ran in the hour of a day.</param>
    public List<ObservedWindow> Seen(int days, Func<int, double, bool>? ran = null) =>
    [
        .. from window in Enumerable.Range(0, Math.Min(_rates.Length, days * LimitWindow.ADay))
           where ran?.Invoke(window / LimitWindow.ADay, window % LimitWindow.ADay / 4.0) ?? true
           select Touched(First + (window * LimitWindow.Length), _rates[window]),
    ];

    private int Index(DateTimeOffset at) => Math.Min(_rates.Length - 1, (int)((at - First) / LimitWindow.Length));

    public static ObservedWindow Touched(DateTimeOffset at, double rate) => new(at, Math.Log(rate) - 0.01, Math.Log(rate) + 0.01);

    public static ObservedWindow AtLeast(DateTimeOffset at, double rate) => new(at, Math.Log(rate), double.PositiveInfinity);

    /// <summary>What is known at the end of the first days.</summary>
    public LimitOutlook Outlook(int days, Func<int, double, bool>? ran = null) =>
        new(First.AddDays(days), Seen(days, ran), null, null);
}
