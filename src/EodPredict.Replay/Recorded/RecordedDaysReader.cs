using System.Globalization;
using CsvHelper;

namespace EodPredict.Replay.Recorded;

/// <summary>Reads one file of recorded days and collects every fault before it refuses. For one use by one thread.</summary>
internal sealed class RecordedDaysReader(string path)
{
    /// <summary>How many bad lines a refusal lists.</summary>
    internal const int MostFaultsListed = 20;

    private const int LongestLine = 64 * 1024;
    private const int LongestShown = 60;

    private static readonly string[] Columns = ["ticker", "session_date", "close_utc", "available_at_utc"];

    private readonly List<RecordedDaysFault> _faults = [];
    private readonly Dictionary<(string Ticker, DateOnly SessionDate), long> _lines = [];
    private int _faultCount;

    /// <exception cref="RecordedDaysException">At least one line is bad.</exception>
    public async Task<IReadOnlyList<RecordedSession>> ReadAsync(TextReader text, CancellationToken cancellationToken)
    {
        var badQuotes = false;
        var options = new CsvReaderOptions
        {
            Separator = ',',
            TrimWhitespace = true,
            AllowLineBreaksInQuotes = false,
            TrackLineNumbers = true,
            MaxRecordSize = LongestLine,
            OnMalformedRecord = _ => badQuotes = true,
        };
        using var csv = CsvReader.Create(text, options, leaveOpen: true);
        var sessions = new List<RecordedSession>();
        try
        {
            await csv.ReadHeaderAsync(cancellationToken);
            if (Columns.All(column => csv.TryGetFieldIndex(column, out _)))
            {
                while (await csv.ReadAsync(cancellationToken))
                {
                    Refuse((int)csv.LineNumber, badQuotes ? "a quotation mark stands where none may be" : Parse(csv, sessions));
                    badQuotes = false;
                }
            }
            else
            {
                Refuse(1, $"the header must name the columns {string.Join(", ", Columns)}");
            }
        }
        catch (CsvFormatException unreadable)
        {
            Refuse((int)unreadable.LineNumber, $"it cannot be read as CSV: {unreadable.Message}");
        }

        return _faultCount == 0 ? sessions : throw new RecordedDaysException(path, _faults, _faultCount);
    }

    /// <summary>Adds the session of the current line, or says why it cannot.</summary>
    private string? Parse(CsvReader csv, List<RecordedSession> sessions)
    {
        if (csv.FieldCount != csv.Headers.Count)
        {
            return $"it has {csv.FieldCount} fields where the header has {csv.Headers.Count}";
        }

        var ticker = csv.GetString("ticker");
        var (date, close, arrival) = (csv.GetString("session_date"), csv.GetString("close_utc"), csv.GetString("available_at_utc"));
        if (ticker.Length == 0)
        {
            return "the ticker is empty";
        }

        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var sessionDate))
        {
            return $"session_date '{Shown(date)}' is not a date like 2024-03-28";
        }

        if (Instant(close) is not { } closedAt)
        {
            return $"close_utc '{Shown(close)}' is not an instant with its zone, like 2024-03-28T20:00:00Z";
        }

        var arrivedAt = Instant(arrival);
        if (arrivedAt is null && arrival.Length > 0)
        {
            return $"available_at_utc '{Shown(arrival)}' is neither empty nor an instant with its zone, like 2024-03-28T21:35:10Z";
        }

        if (arrivedAt < closedAt)
        {
            return $"available_at_utc {arrival} is before close_utc {close}";
        }

        if (!_lines.TryAdd((ticker, sessionDate), csv.LineNumber))
        {
            return $"{Shown(ticker)} of {date} stands in line {_lines[(ticker, sessionDate)]} already";
        }

        sessions.Add(new(ticker, sessionDate, closedAt, arrivedAt));
        return null;
    }

    private static string Shown(string value) => value.Length <= LongestShown ? value : $"{value[..LongestShown]}...";

    private static DateTimeOffset? Instant(string text)
    {
        const string Formats = "yyyy-MM-ddTHH:mm:ss.FFFFFFFK";
        var hasZone = text.Length > 6 && (text[^1] == 'Z' || text[^6] is '+' or '-');
        return hasZone && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant.ToUniversalTime()
            : null;
    }

    private void Refuse(int line, string? reason)
    {
        if (reason is null)
        {
            return;
        }

        _faultCount++;
        if (_faults.Count < MostFaultsListed)
        {
            _faults.Add(new(line, reason));
        }
    }
}
