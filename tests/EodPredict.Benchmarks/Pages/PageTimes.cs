namespace EodPredict.Benchmarks.Pages;

/// <summary>How long a page takes from the request to its last byte, once it was asked for before.</summary>
internal static class PageTimes
{
    private const int WarmUps = 5;
    private const int Rounds = 40;
    private const double Required = 200;

    public static async Task<Figure> MeasureAsync(HttpClient service, string name, string address)
    {
        var bytes = 0;
        for (var i = 0; i < WarmUps; i++)
        {
            bytes = (await service.GetByteArrayAsync(new Uri(address, UriKind.Relative))).Length;
        }

        var times = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            var began = BenchmarkTime.Wall.GetTimestamp();
            await service.GetByteArrayAsync(new Uri(address, UriKind.Relative));
            times[i] = BenchmarkTime.Wall.GetElapsedTime(began).TotalMilliseconds;
        }

        return new Figure(
            $"{name}: `{address}`, {bytes / 1000.0:0} kB",
            $"{Statistic.Median(times):0} ms, p95 {Statistic.Quantile(times, 0.95):0} ms", "", $"{Required} ms");
    }
}
