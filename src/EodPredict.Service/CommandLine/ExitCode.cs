namespace EodPredict.Service.CommandLine;

/// <summary>What the process tells its caller when it ends. Scripts depend on these.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The reason is on standard error.</summary>
    public const int Failed = 1;

    public const int WrongUsage = 2;

    /// <summary>Ctrl-C, a hang-up or a request to terminate came before the work was done.</summary>
    public const int Interrupted = 130;
}
