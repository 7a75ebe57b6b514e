using System.CommandLine;
using EodPredict.Service.Configuration;
using EodPredict.Service.Health;
using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod health</c>: asks the service that runs on this machine whether it is ready, as containers do, which have no curl.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    public static Command Create()
    {
        var url = new Option<string?>("--url") { Description = "The service's address. Default: where eod serve listens as configured." };
        var json = JsonOption.Create();
        var command = new Command("health", "Asks the running service whether it is ready; ends with 1 where it is not.") { url, json };
        command.SetAction((asked, cancellationToken) => RunAsync(
            asked.GetValue(url) ?? Own(asked.Configuration()), asked.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string service, bool asJson, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(service.TrimEnd('/') + HealthPages.Ready, UriKind.Absolute, out var address))
        {
            throw new CommandFaultException($"--url {service} is no address; allowed is one such as http://localhost:5080.");
        }

        using var http = new HttpClient(new HttpClientHandler
        {
            // What listens on this machine is not told apart by a certificate, which is made out to another name.
            ServerCertificateCustomValidationCallback = (_, _, _, errors) => errors == 0 || address.IsLoopback,
        }) { Timeout = Patience };
        try
        {
            using var reply = await http.GetAsync(address, cancellationToken);
            var status = reply.IsSuccessStatusCode ? Readiness.Ready : Readiness.NotReady;
            if (asJson)
            {
                JsonOption.Write(new { status });
            }
            else
            {
                CommandConsole.Facts.Line(
                    $"{address.GetLeftPart(UriPartial.Authority)}: {status.Replace('_', ' ')}",
                    reply.IsSuccessStatusCode ? Color.Green : Color.Red);
            }

            return reply.IsSuccessStatusCode ? ExitCode.Done : ExitCode.Failed;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandFaultException(
                $"No service answers at {address.GetLeftPart(UriPartial.Authority)}. Is eod serve running there? --url names another address.");
        }
    }

    // An address that stands for all of this machine's is asked at the one that is always there.
    private static string Own(IConfiguration configuration)
    {
        var listens = BindingAddress.Parse(ListenAddress.Of(configuration)[0]);
        return $"{listens.Scheme}://{(ListenAddress.IsOnThisMachine(listens.ToString()) ? listens.Host : "127.0.0.1")}:{listens.Port}";
    }
}
