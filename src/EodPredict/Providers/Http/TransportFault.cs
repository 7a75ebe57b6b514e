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
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "The provider's host name could not be resolved.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "No connection to the provider could be made.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or AuthenticationException =>
            "The provider's certificate or its TLS was not accepted.",
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } =>
            "The provider closed the connection before its reply was whole.",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } or HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } =>
            "What the provider sent is no HTTP.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "The headers of the reply are longer than is read.",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "The proxy did not let the call through.",
        HttpRequestException or IOException => "The connection to the provider broke.",
        InvalidDataException invalid => invalid.Message.Length < 80 ? invalid.Message : "The reply is not validly compressed.",
        _ => null,
    };
}
