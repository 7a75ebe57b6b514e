namespace EodPredict.Service.CommandLine;

/// <summary>A command cannot do what was asked; the message says why and what to do.</summary>
internal sealed class CommandFaultException(string message) : Exception(message);
