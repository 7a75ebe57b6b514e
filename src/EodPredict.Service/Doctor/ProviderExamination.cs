using System.Net.Sockets;
using EodPredict.Jobs;
using EodPredict.Providers;
using EodPredict.Providers.Calendars;

namespace EodPredict.Service.Doctor;

/// <summary>
/// Whether a dataset can be watched: its hosts answer, its key is there, its calendars know this year. Makes no call that costs anything.
/// </summary>
internal sealed class ProviderExamination(
    DatasetCatalog catalog,
    MarketCalendars calendars,
    TimeProvider time,
    [FromKeyedServices(WallClock.Key)] TimeProvider wall,
    IConfiguration configuration)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<Finding>> RunAsync(Dataset dataset, CancellationToken cancellationToken)
    {
        var subject = $"{dataset.Provider}/{dataset.Name}";
        var methods = string.Join(", ", dataset.Methods.Order().Select(method => method.ToString().ToUpperInvariant()));
        var findings = new List<Finding> { Finding.Good(subject, $"{dataset.Tickers.Count} tickers, asked by {methods}, {Key(dataset)}") };
        foreach (var host in catalog.HostsOf(dataset))
        {
            findings.Add(await ReachAsync(subject, host, cancellationToken));
        }

        findings.AddRange(dataset.Tickers.Select(ticker => ticker.Calendar).Distinct().Select(name => Calendar(subject, name)));
        return findings;
    }

    // Whether it is set was checked with the configuration; its value stays where it is.
    private string Key(Dataset dataset) =>
        configuration[$"Eod:Providers:{dataset.Provider}:KeyFromEnvironment"] is { Length: > 0 } variable
            ? $"its key in {variable} is set"
            : "no key";

    private async Task<Finding> ReachAsync(string subject, ProviderHost host, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host.Name, host.Port, either.Token);
            return Finding.Good(subject, $"{host} is reachable");
        }
        catch (SocketException e)
        {
            return Finding.Bad(subject, $"{host} is not reachable: {e.Message}. Check the address and the way to it.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Finding.Bad(subject, $"{host} does not answer within {Patience.TotalSeconds} s. Check the address and the way to it.");
        }
    }

    private Finding Calendar(string subject, string name)
    {
        try
        {
            var calendar = calendars.Get(name);
            var next = calendar.NextClosingAfter(time.GetUtcNow());
            return Finding.Good(
                subject, $"calendar {name} to {calendar.LastDate:yyyy-MM-dd}, next close {next.Close:yyyy-MM-dd HH:mm} UTC");
        }
        catch (Exception e) when (ExpectedFaults.Describe(e) is { } faults)
        {
            return Finding.Bad(subject, string.Join(" ", faults));
        }
    }
}
