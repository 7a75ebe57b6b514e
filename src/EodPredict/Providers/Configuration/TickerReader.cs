namespace EodPredict.Providers.Configuration;

/// <summary>Collects the tickers of a dataset from its list and its file, each with its calendar, and finds every fault in them.</summary>
internal sealed class TickerReader(string path, IReadOnlyCollection<string>? calendars, ICollection<ConfigurationFault> faults)
{
    private const int Longest = 64;

    public IReadOnlyList<DatasetTicker> Read(DatasetOptions options)
    {
        var symbols = options.Tickers.Select((symbol, i) => ($"{nameof(options.Tickers)}:{i}", symbol))
            .Concat(FromFile(options)).ToList();
        if (symbols.Count == 0) Fault(nameof(options.Tickers), null, "Expected at least one ticker, here or in TickersFile.");

        var overrides = new Dictionary<string, string>(options.TickerCalendars, StringComparer.OrdinalIgnoreCase);
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var tickers = new List<DatasetTicker>();
        foreach (var (where, symbol) in symbols)
        {
            if (!IsSymbol(symbol)) Fault(where, symbol, $"Expected a symbol of 1 to {Longest} characters without spaces.");
            else if (!known.Add(symbol)) Fault(where, symbol, "This ticker is already in the list; each is watched once.");
            else tickers.Add(new DatasetTicker(symbol, overrides.GetValueOrDefault(symbol) ?? options.Calendar ?? ""));
        }

        CheckCalendars(options, tickers, known);
        return tickers;
    }

    private void CheckCalendars(DatasetOptions options, List<DatasetTicker> tickers, HashSet<string> symbols)
    {
        if (options.Calendar is { } calendar) CheckCalendar(nameof(options.Calendar), calendar);
        else if (tickers.Any(ticker => ticker.Calendar.Length == 0)) CheckCalendar(nameof(options.Calendar), null);

        foreach (var (symbol, name) in options.TickerCalendars)
        {
            var where = $"{nameof(options.TickerCalendars)}:{symbol}";
            CheckCalendar(where, name);
            if (!symbols.Contains(symbol)) Fault(where, name, $"There is no ticker '{symbol}' here.{Spelling.DidYouMean(symbol, symbols)}");
        }
    }

    private void CheckCalendar(string where, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            Fault(where, name, $"Expected the calendar of the market: {Names()}.");
        }
        else if (calendars is not null && !calendars.Contains(name))
        {
            Fault(where, name, $"There is no such calendar.{Spelling.DidYouMean(name, calendars)} There are: {Names()}.");
        }
    }

    private string Names() => calendars is null ? "such as XNYS" : string.Join(", ", calendars.Order(StringComparer.Ordinal));

    private IEnumerable<(string Where, string Symbol)> FromFile(DatasetOptions options)
    {
        if (options.TickersFile is not { Length: > 0 } file) return [];

        try
        {
            return File.ReadAllLines(file)
                .Select((line, i) => ($"{nameof(options.TickersFile)}, line {i + 1}", line.Split('#')[0].Trim()))
                .Where(pair => pair.Item2.Length > 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Fault(nameof(options.TickersFile), file, "This file cannot be read; expected a text file with one ticker a line.");
            return [];
        }
    }

    private static bool IsSymbol(string symbol) =>
        symbol.Length is > 0 and <= Longest && symbol is not ("." or "..")
        && !symbol.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c));

    private void Fault(string name, string? value, string problem) => faults.Add(new ConfigurationFault($"{path}:{name}", value, problem));
}
