using System.Net;
using System.Threading.RateLimiting;
using EodPredict.Access;

namespace EodPredict.Service.Access;

/// <summary>
/// Decides whether a key that was shown holds. One that does is never held up. One that does not waits for the next look at the database,
/// since it may have been made just now, and so few of them come from one address that trying costs the service nothing. Safe for
/// concurrent use.
/// </summary>
internal sealed class KeyCheck(KnownKeys keys) : IDisposable
{
    /// <summary>How many wrong keys a minute are looked at from one address.</summary>
    public const int MostFailures = 20;

    private const int Ipv6Bytes = 8;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<IPAddress> _failures = PartitionedRateLimiter.Create<IPAddress, string>(from =>
        RateLimitPartition.GetFixedWindowLimiter(Place(from), _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = MostFailures,
            Window = Window,
        }));

    public async Task<KeyVerdict> AskAsync(string secret, IPAddress? from, CancellationToken cancellationToken)
    {
        var hash = AccessSecret.Hash(secret);
        if (keys.Find(hash) is { } key)
        {
            return new KeyVerdict(key);
        }

        using var permit = _failures.AttemptAcquire(from ?? IPAddress.None);
        if (!permit.IsAcquired)
        {
            return new KeyVerdict(null, IsOneTooMany: true);
        }

        await keys.NextLookAsync(cancellationToken);
        return new KeyVerdict(keys.Find(hash));
    }

    public void Dispose() => _failures.Dispose();

    // Whoever has one IPv6 address has 2^64 of them.
    private static string Place(IPAddress from) =>
        from.IsIPv4MappedToIPv6 ? from.MapToIPv4().ToString()
        : from.GetAddressBytes() is { Length: > 4 } bytes ? Convert.ToHexString(bytes.AsSpan(0, Ipv6Bytes))
        : from.ToString();
}
