using System.Globalization;
using CsvHelper;

namespace EodPredict.Replay.Backtesting;

/// <summary>Reads recorded arrivals: ticker,session_date,close_utc,available_at_utc. An empty last field: it never came.</summary>
public static class ArrivalsFile
{
    private static readonly string[] Columns = ["ticker", "session_date", "close_utc", "available_at_utc"];

    private static readonly CsvReaderOptions Csv = new()
    {
        HasHeader = false,
        Separator = ',',
        SkipEmptyLines = true,
        TrackLineNumbers = true,
        TrimWhitespace = true,
        AllowLineBreaksInQuotes = false,
        MaxRecordSize = 4096,
    };

    /// <summary>Reads the whole file, in order of session date, then ticker.</summary>
    /// <exception cref="ArrivalsFileException">A line cannot be used; nothing of the file is.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<IReadOnlyList<BacktestSession>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var text = new StreamReader(path);
        return await ReadAsync(text, Path.GetFileName(path), cancellationToken).ConfigureAwait(false);
    }

    /// <param name="text">The CSV.</param>
    /// <param name="name">What to call it in an error.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ArrivalsFileException">A line cannot be used.</exception>
    public static async Task<IReadOnlyList<BacktestSession>> ReadAsync(TextReader text, string name, CancellationToken cancellationToken)
    {
        var csv = CsvReader.Create(text, Csv, true);
        await using var _ = csv.ConfigureAwait(false);
        var sessions = new List<BacktestSession>();
        var lines = new Dictionary<(string, DateOnly), long>();
        int[]? places = null;
        while (await NextAsync(csv, name, cancellationToken).ConfigureAwait(false))
        {
            var fields = new string[csv.FieldCount];
            for (var i = 0; i < fields.Length; i++)
            {
                fields[i] = csv.GetString(i);
            }

            if (places is null)
            {
                places = [.. Columns.Select(column => Array.IndexOf(fields, column) is >= 0 and var at
                    ? at
                    : throw Fault($"the column {column} is missing; needed are {string.Join(',', Columns)}"))];
                continue;
            }

            if (fields.Length <= places.Max())
            {
                throw Fault($"it has {fields.Length} fields, but the header names {places.Max() + 1}");
            }

            var session = Parse(fields, places, Fault);
            if (!lines.TryAdd((session.Ticker, session.SessionDate), csv.LineNumber))
            {
                throw Fault($"{session.Ticker} on {fields[places[1]]} stands already on line {lines[(session.Ticker, session.SessionDate)]}");
            }

            sessions.Add(session);
        }

        if (sessions.Count == 0)
        {
            throw Fault("there is no session in it");
        }

        sessions.Sort((a, b) => a.SessionDate != b.SessionDate
            ? a.SessionDate.CompareTo(b.SessionDate)
            : string.CompareOrdinal(a.Ticker, b.Ticker));
        return sessions;

        ArrivalsFileException Fault(string reason) => new($"{name}, line {Math.Max(1, csv.LineNumber)}: {reason}.");
    }

    private static async ValueTask<bool> NextAsync(CsvReader csv, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await csv.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CsvFormatException fault)
        {
            var line = Math.Max(1, Math.Max(fault.LineNumber, csv.LineNumber));
            throw new ArrivalsFileException($"{name}, line {line}: it is no CSV, or longer than {Csv.MaxRecordSize} characters.");
        }
    }

    private static BacktestSession Parse(string[] fields, int[] places, Func<string, ArrivalsFileException> fault)
    {
        var (ticker, date, close, arrival) = (fields[places[0]], fields[places[1]], fields[places[2]], fields[places[3]]);
        if (ticker.Length == 0)
        {
            throw fault("the ticker is empty");
        }

        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var sessionDate))
        {
            throw fault($"the session_date '{Short(date)}' is not a date like 2024-01-31");
        }

        var closeAt = Instant("close_utc", close, fault);
        var arrivalAt = arrival.Length == 0 ? (DateTimeOffset?)null : Instant("available_at_utc", arrival, fault);
        return arrivalAt < closeAt ? throw fault("available_at_utc lies before close_utc") : new BacktestSession(ticker, sessionDate, closeAt, arrivalAt);
    }

    private static DateTimeOffset Instant(string column, string field, Func<string, ArrivalsFileException> fault) =>
        field.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(field, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw fault($"the {column} '{Short(field)}' is not an instant like 2024-01-31T22:00:00Z");

    private static string Short(string field) => field.Length <= 40 ? field : field[..40] + "...";
}
