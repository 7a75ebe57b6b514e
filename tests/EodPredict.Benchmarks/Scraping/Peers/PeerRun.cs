using System.Globalization;
using EodPredict.Benchmarks.Scraping.Servers;

namespace EodPredict.Benchmarks.Scraping.Peers;

/// <summary>What one peer came to at one server, by the server's count.</summary>
internal sealed record PeerRun(string Setting, int Items, double Limit, PeerResult Result, OriginCount Served, long Refused)
{
    /// <summary>By which the best setting is found: items per capacity, those lost taken off.</summary>
    public double Worth => Goodput * (Result.IsDone ? Result.Stored / (double)Items : 1);

    private double Goodput => Served.Items / Math.Max(Served.Took.TotalSeconds, 1e-3) / Limit;

    // Goodput / capacity : refused share; makespan / ideal; lost; fetched twice, stored twice.
    public override string ToString()
    {
        var makespan = Result.IsDone
            ? Text($"{Served.Took.TotalSeconds * Limit / Items:0.00}; {Items - Result.Stored} lost")
            : Text($"stopped after {Served.Took.TotalSeconds * Limit / Items:0.0} with {Result.Stored} stored");
        var twice = Served.Served - Served.Items + (Result.Rows - Result.Stored);
        return Text($"{Goodput:0.00} : {Refused / Math.Max(1.0, Refused + Served.Served):0.0%}; {makespan}; {twice} twice")
            + (Setting.Length > 0 ? $" ({Setting})" : "");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
