using System.Security.Authentication;
using Polly.Timeout;

namespace EodPredict.Providers.Http;

/// <summary>What went wrong on the way, in words that name neither address nor key.</summary>
internal static class TransportFault
{
    /// <summary>Whether nothing can have been sent yet, so that another attempt costs nothing.</summary>
    public static bool IsBeforeSending(Exception exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };

    /// <summary>The words; null where the exception is not a fault of the way.</summary>
    public static string? Describe(Exception exception, TimeSpan timeout) => exception switch
    {
        TimeoutRejectedException => $"No whole reply came within {timeout.TotalSeconds:0.###} s.",
        TaskCanceledException { InnerException: TimeoutException } => "No connection could be made in time.",
        HttpRequestException request => Describe(request.HttpRequestError),
        HttpIOException wire => Describe(wire.HttpRequestError),
        AuthenticationException => Describe(HttpRequestError.SecureConnectionError),
        IOException => Describe(HttpRequestError.Unknown),
        InvalidDataException => "The reply is not validly compressed, or in a way that was not asked for.",
        _ => null,
    };

    private static string Describe(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "The provider's host name could not be resolved.",
        HttpRequestError.ConnectionError => "No connection to the provider could be made.",
        HttpRequestError.SecureConnectionError => "The provider's certificate or its TLS was not accepted.",
        HttpRequestError.ResponseEnded => "The provider closed the connection before its reply was whole.",
        HttpRequestError.InvalidResponse => "What the provider sent is no HTTP.",
        HttpRequestError.ConfigurationLimitExceeded => "The headers of the reply are longer than is read.",
        HttpRequestError.ProxyTunnelError => "The proxy did not let the call through.",
        _ => "The connection to the provider broke.",
    };
}
