namespace EodPredict.Service.Hosting;

/// <summary>Another program listens where the service was told to.</summary>
internal sealed class PortInUseException(string address, Exception? inner = null)
    : Exception($"{address} is in use by another program. Stop that one, or choose another port with --port.", inner);
