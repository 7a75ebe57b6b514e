using System.Globalization;
using System.Text;

namespace EodPredict.Service.Tests;

/// <summary>A history of tickers A, B and C that a model can be fitted to, as <c>eod import availability</c> takes it.</summary>
internal static class ModelHistory
{
    /// <summary>Late one day, early the next: the experts see no order in it, trees do.</summary>
    public static string Csv()
    {
        var (text, random) = (new StringBuilder("ticker,session_date,close_utc,available_at_utc\n"), new Random(5));
        for (var day = 0; day < 200; day++)
        {
            var close = new DateTime(2025, 1, 1, 21, 0, 0, DateTimeKind.Utc).AddDays(day);
            foreach (var ticker in "ABC")
            {
                var arrival = close.AddMinutes(120 + (60 * random.NextDouble()) + ((day + ticker) % 2 * 120));
                text.Append(CultureInfo.InvariantCulture, $"{ticker},{close:yyyy-MM-dd},")
                    .Append(CultureInfo.InvariantCulture, $"{close:yyyy-MM-ddTHH:mm:ssZ},{arrival:yyyy-MM-ddTHH:mm:ssZ}\n");
            }
        }

        return text.ToString();
    }
}
