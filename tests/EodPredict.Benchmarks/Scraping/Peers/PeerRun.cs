using System.Globalization;
using EodPredict.Benchmarks.Scraping.Servers;

namespace EodPredict.Benchmarks.Scraping.Peers;

/// <summary>What one peer came to at one server, by the server's count.</summary>
internal sealed record PeerRun(
    string Setting, int Items, double Limit, TimeSpan Longest, PeerResult Result, OriginCount Served, long Refused)
{
    /// <summary>By which the best setting is found: items per capacity, those lost taken off.</summary>
    public double Worth => Goodput * (Result.IsDone ? Result.Stored / (double)Items : 1);

    private double Goodput => Served.Items / Math.Max(Seconds, 1e-3) / Limit;

    // One that is refused everything in the end has served its last item long before it is stopped.
    private double Seconds => (Result.IsDone || Served.Took > Longest ? Served.Took : Longest).TotalSeconds;

    // Goodput / capacity : refused share; makespan / ideal; lost; fetched twice, stored twice.
    public override string ToString()
    {
        var makespan = Result.IsDone
            ? Text($"{Seconds * Limit / Items:0.00}; {Items - Result.Stored} lost")
            : Text($"stopped after {Seconds * Limit / Items:0.0} with {Result.Stored} stored");
        var twice = Served.Served - Served.Items + (Result.Rows - Result.Stored);
        return Text($"{Goodput:0.00} : {Refused / Math.Max(1.0, Refused + Served.Served):0.0%}; {makespan}; {twice} twice")
            + (Setting.Length > 0 ? $" ({Setting})" : "");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
