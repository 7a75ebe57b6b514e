namespace EodPredict.Service.CommandLine;

/// <summary>What is left of interrupted work, and how it goes on.</summary>
internal static class InterruptedWork
{
    /// <summary>Of a command, named by its path without the program: <c>orders record</c>.</summary>
    public static string Of(string command) => command switch
    {
        "demo" => "Its state is kept; the same command goes on from here.",
        "serve" or "vendor" => "Start it again to go on.",
        "import availability" => "Nothing was imported; run the same command again.",
        "train" => "What was promoted before serves on; run the same command again.",
        "backtest" => "Nothing was written; the same command begins again.",
        "scrape" => "What was stored stays; the same command goes on from there.",
        "orders record" => "What was recorded stays; the same command records the rest, and nothing twice.",
        "orders next" => "Ids that were written are durable; the others stay unused in `eod orders ledger`.",
        "scrape export" or "models export" => "The files are not whole; run the same command again.",
        _ when command.StartsWith("export ", StringComparison.Ordinal) => "No file was changed; run the same command again.",
        _ => "Nothing was changed; run the same command again.",
    };
}
