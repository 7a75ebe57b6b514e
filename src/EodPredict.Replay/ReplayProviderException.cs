namespace EodPredict.Replay;

/// <summary>The replay provider cannot start; the message says why and what to change.</summary>
public sealed class ReplayProviderException(string message, Exception? inner = null) : Exception(message, inner);
