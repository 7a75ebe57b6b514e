using System.Globalization;
using CsvHelper;

namespace EodPredict.Replay.Backtesting;

/// <summary>Writes every GET that was made: ticker,session_date,check_at_utc,found.</summary>
internal static class ChecksFile
{
    public static async Task WriteAsync(string path, IEnumerable<BacktestCheck> checks, CancellationToken cancellationToken)
    {
        var text = new StreamWriter(path) { NewLine = "\n" };
        await using var closing = text.ConfigureAwait(false);
        var csv = CsvWriter.Create(text, new CsvWriterOptions(), true);
        await using var flushing = csv.ConfigureAwait(false);
        await csv.WriteRecordAsync(["ticker", "session_date", "check_at_utc", "found"], cancellationToken).ConfigureAwait(false);
        foreach (var check in checks)
        {
            var date = check.SessionDate.ToString("O", CultureInfo.InvariantCulture);
            var at = check.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture);
            await csv.WriteRecordAsync([check.Ticker, date, at, check.Found ? "true" : "false"], cancellationToken).ConfigureAwait(false);
        }
    }
}
