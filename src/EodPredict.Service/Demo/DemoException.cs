namespace EodPredict.Service.Demo;

/// <summary>The demo cannot do what it was asked to; the message says why and what would do.</summary>
internal sealed class DemoException(string message) : Exception(message);
