using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace EodPredict.Replay.Vendor;

/// <summary>Reads each request, counts it and has it answered. Safe for concurrent use.</summary>
internal sealed class VendorPages
{
    private const int LongestName = 200;

    private readonly ReplayProviderOptions _options;
    private readonly VendorCounters _counters;
    private readonly TimeProvider _serviceClock;
    private readonly EodAnswers _answers;
    private readonly StatusPage _status;
    private readonly EndpointGate _eodGate;
    private readonly EndpointGate _itemsGate;
    private readonly byte[] _key;

    public VendorPages(
        ReplayProviderOptions options, PublicationBoard board, VendorCounters counters, TimeProvider serviceClock, TimeProvider wallClock)
    {
        _options = options;
        _counters = counters;
        _serviceClock = serviceClock;
        _answers = new(board, options);
        _status = new(board);
        _eodGate = new("eod", options.Throttle, options.Faults, options.Seed, counters, serviceClock, wallClock);
        _itemsGate = new("items", options.ItemsThrottle, options.ItemsFaults, options.Seed, counters, serviceClock, wallClock);
        _key = Encoding.UTF8.GetBytes(options.Key);
    }

    /// <summary>GET and HEAD /eod/{ticker}?date=yyyy-MM-dd.</summary>
    public async Task EodAsync(HttpContext context, string ticker, CancellationToken stop)
    {
        if (!HasKey(context.Request))
        {
            await RefuseAsync(context, stop);
            return;
        }

        var isHead = HttpMethods.IsHead(context.Request.Method);
        if (isHead && !_options.Head.Supported)
        {
            await Replies.SendAsync(context, JsonAnswers.Error(405, "HEAD is not supported"), stop);
            return;
        }

        if (!TryReadDate(context.Request, out var date) || ticker.Length > LongestName)
        {
            await Replies.SendAsync(context, JsonAnswers.Error(400, "date must look like 2024-03-28"), stop);
            return;
        }

        var kind = isHead ? RequestKind.Head : RequestKind.Get;
        var before = _counters.Asked(kind, ticker, date);
        await _eodGate.PassAsync(context, kind, now => isHead ? _answers.Head(ticker, date, now, before) : Get(ticker, date, now), stop);
    }

    /// <summary>GET /items/{id}: a small answer drawn from the id, under the limit of items.</summary>
    public async Task ItemAsync(HttpContext context, string id, CancellationToken stop)
    {
        _counters.Asked(RequestKind.Item);
        await _itemsGate.PassAsync(
            context,
            RequestKind.Item,
            _ => id.Length <= LongestName ? JsonAnswers.Item(id, new(_options.Seed)) : JsonAnswers.Error(404, "no such item"),
            stop);
    }

    /// <summary>GET /status, for all tickers or, with ?ticker=, for one; asks for no key.</summary>
    public async Task StatusAsync(HttpContext context, CancellationToken stop)
    {
        var ticker = context.Request.Query["ticker"].ToString() is { Length: > 0 and <= LongestName } named ? named : null;
        _ = TryReadDate(context.Request, out var date);
        _counters.Asked(RequestKind.Page, ticker ?? "", date);
        _counters.Charged(RequestKind.Page);
        await Replies.SendAsync(context, _status.At(ticker, _serviceClock.GetUtcNow()), stop);
    }

    /// <summary>GET /account: what was asked so far and what it costs.</summary>
    public Task AccountAsync(HttpContext context, CancellationToken stop) =>
        HasKey(context.Request) ? Replies.SendAsync(context, JsonAnswers.Account(_counters.Read()), stop) : RefuseAsync(context, stop);

    private VendorAnswer Get(string ticker, DateOnly? date, DateTimeOffset now)
    {
        var answer = _answers.Get(ticker, date, now);
        if (answer.Found && date is { } found)
        {
            _counters.Found(ticker, found);
        }

        return answer;
    }

    private Task RefuseAsync(HttpContext context, CancellationToken stop)
    {
        _counters.Refused();
        return Replies.SendAsync(context, JsonAnswers.Error(401, "the key is missing or wrong"), stop);
    }

    /// <summary>The key comes as ?key=, as X-Api-Key or as a bearer token.</summary>
    private bool HasKey(HttpRequest request)
    {
        const string Bearer = "Bearer ";
        var authorization = request.Headers.Authorization.ToString();
        return _key.Length == 0
            || IsKey(request.Query["key"].ToString())
            || IsKey(request.Headers["X-Api-Key"].ToString())
            || (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && IsKey(authorization[Bearer.Length..]));
    }

    private bool IsKey(string given) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), _key);

    /// <summary>False where there is a date that cannot be read; a date that is not given is null.</summary>
    private static bool TryReadDate(HttpRequest request, out DateOnly? date)
    {
        var text = request.Query["date"].ToString();
        var isDate = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed);
        date = isDate ? parsed : null;
        return isDate || text.Length == 0;
    }
}
