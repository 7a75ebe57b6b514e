using EodPredict.Scraping.Http;
using EodPredict.Scraping.Limit;

namespace EodPredict.Tests.Scraping.Http;

/// <summary>Headers as real services send them. The reply is made at 2026-11-22T12:00:00Z, 1795348800 seconds after 1970.</summary>
public sealed class LimitHeadersTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1795348800);

    [Theory]
    [InlineData("retry-after", true)]
    [InlineData("RateLimit", true)]
    [InlineData("ratelimit-policy", true)]
    [InlineData("X-RateLimit-Limit-Minute", true)]
    [InlineData("x-rate-limit-reset", true)]
    [InlineData("Retry", false)]
    [InlineData("Date", false)]
    [InlineData("X-Request-Id", false)]
    public void It_is_known_by_its_name_whether_a_header_is_read(string name, bool isRead) => Assert.Equal(isRead, LimitHeaders.Tells(name));

    [Theory]

    // RFC 9110
    [InlineData("Retry-After: 120", "retry 120")]
    [InlineData("Retry-After: Sun, 22 Nov 2026 12:01:30 GMT", "retry 90")]
    [InlineData("Retry-After: Sun, 22 Nov 2026 11:00:00 GMT", "retry 0")]
    [InlineData("Retry-After: soon", "")]

    // draft-ietf-httpapi-ratelimit-headers-03 (envoy, Spring Cloud Gateway)
    [InlineData("RateLimit-Limit: 100, 100;w=60|RateLimit-Remaining: 99|RateLimit-Reset: 42", "remaining 99, reset 42, quota 100 in 60")]
    [InlineData("X-RateLimit-Limit: 10, 10;w=1;name=\"foo\", 1000;w=3600|X-RateLimit-Remaining: 9|X-RateLimit-Reset: 1",
        "remaining 9, reset 1, quota 10 in 1")]

    // draft 07 (express-rate-limit)
    [InlineData("RateLimit: limit=100, remaining=50, reset=30|RateLimit-Policy: 100;w=900", "remaining 50, reset 30, quota 100 in 900")]

    // draft 08 and later (Cloudflare, express-rate-limit draft-8)
    [InlineData("RateLimit: \"default\";r=1199;t=300|RateLimit-Policy: \"default\";q=1200;w=300",
        "remaining 1199, reset 300, quota 1200 in 300")]
    [InlineData("RateLimit-Policy: \"burst\";q=100;w=60,\"daily\";q=1000;w=86400", "quota 100 in 60")]

    // GitHub: an instant
    [InlineData("x-ratelimit-limit: 60|x-ratelimit-remaining: 0|x-ratelimit-reset: 1795350600|x-ratelimit-used: 60",
        "remaining 0, reset 1800, quota 60")]

    // Discord: fractions
    [InlineData(
        "X-RateLimit-Limit: 5|X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1795348801.500|X-RateLimit-Reset-After: 1.5",
        "remaining 0, reset 1.5, quota 5")]

    // An instant in milliseconds
    [InlineData("X-RateLimit-Reset: 1795348803000", "reset 3")]

    // Twitter's spelling
    [InlineData("x-rate-limit-limit: 900|x-rate-limit-remaining: 899|x-rate-limit-reset: 1795349700",
        "remaining 899, reset 900, quota 900")]

    // Reddit
    [InlineData("x-ratelimit-remaining: 598.0|x-ratelimit-reset: 280|x-ratelimit-used: 2", "remaining 598, reset 280")]

    // Kong, by unit
    [InlineData("X-RateLimit-Limit-Hour: 1000|X-RateLimit-Limit-Minute: 60", "quota 60 in 60")]

    // Times in words
    [InlineData("X-RateLimit-Reset: 6m0s", "reset 360")]
    [InlineData("X-RateLimit-Reset: 1h2m3.5s", "reset 3723.5")]
    [InlineData("X-RateLimit-Reset: 120ms", "reset 0.12")]
    [InlineData("X-RateLimit-Reset: 2026-11-22T12:00:10Z", "reset 10")]

    // Nothing, and nonsense
    [InlineData("", "")]
    [InlineData("RateLimit: |RateLimit-Policy: ;;q=;w=-1, q=5;w=0|X-RateLimit-Limit: lots|X-RateLimit-Reset: |RateLimit-Remaining: -1", "")]
    [InlineData("RateLimit-Policy: 100;w=99999999999999999999", "")]
    [InlineData("X-RateLimit-Reset: 99999999999999999999999", "reset 2678400")]
    public void Headers_of_the_wild_are_read(string headers, string expected) => Assert.Equal(expected, Words(Read(headers)));

    private static LimitHint Read(string headers)
    {
        var given = headers.Split('|', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .ToDictionary(line => line[0], line => line[1], StringComparer.OrdinalIgnoreCase);
        return LimitHeaders.Read(given.GetValueOrDefault, Now);
    }

    private static string Words(LimitHint hint) => string.Join(", ", new[]
    {
        hint.RetryAfter is { } retry ? FormattableString.Invariant($"retry {retry.TotalSeconds}") : "",
        hint.Remaining is { } remaining ? FormattableString.Invariant($"remaining {remaining}") : "",
        hint.Reset is { } reset ? FormattableString.Invariant($"reset {reset.TotalSeconds}") : "",
        hint.Quota is { } quota ? FormattableString.Invariant($"quota {quota}") : "",
    }.Where(word => word.Length > 0)) + (hint.Window is { } window ? FormattableString.Invariant($" in {window.TotalSeconds}") : "");
}
