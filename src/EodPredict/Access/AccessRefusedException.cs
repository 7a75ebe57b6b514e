namespace EodPredict.Access;

/// <summary>A key cannot be made or revoked as asked; the message says why and what to do.</summary>
public sealed class AccessRefusedException(string message) : Exception(message);
