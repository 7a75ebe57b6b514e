namespace EodPredict.Replay.Backtesting;

/// <summary>A file of recorded arrivals cannot be used. The message names file, line and reason.</summary>
public sealed class ArrivalsFileException(string message) : Exception(message);
