using System.CommandLine;
using EodPredict.Service.Configuration;
using EodPredict.Service.Hosting;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod serve</c>: the service, until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var port = new Option<int?>("--port")
        {
            Description = $"The port on this machine; 0 takes a free one. Default: {ListenAddress.DefaultPort}.",
        };
        var urls = new Option<string?>("--urls") { Description = "Where to listen instead, such as http://0.0.0.0:5080." };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var number) && number is >= 0 and <= 65535))
            {
                result.AddError($"--port takes a number from 0 to 65535, not '{token.Value}'.");
            }
        });

        var json = JsonOption.Create();
        var command = new Command("serve", "Runs the service: job engine, API and pages.") { port, urls, json };
        command.Validators.Add(result =>
        {
            if (result.GetResult(port) is not null && result.GetResult(urls) is not null)
            {
                result.AddError("--port and --urls cannot be given together.");
            }
        });
        command.SetAction((asked, cancellationToken) => RunAsync(
            asked, Address(asked, port, urls), asked.GetValue(json), cancellationToken));
        return command;
    }

    private static string? Address(ParseResult asked, Option<int?> port, Option<string?> urls) =>
        asked.GetValue(urls) ?? (asked.GetValue(port) is { } number ? ListenAddress.OnThisMachine(number) : null);

    private static async Task<int> RunAsync(ParseResult asked, string? address, bool asJson, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string?>> overrides = address is null ? [] : [new(ListenAddress.Key, address)];
        if (asJson)
        {
            overrides.Add(new(ServiceLog.Formatter, JsonLineFormatter.FormatterName));
        }

        var configuration = asked.Configuration([.. overrides]);
        await using var service = ServiceHost.Build(configuration);
        await ServiceHost.RunAsync(service, cancellationToken);
        return ExitCode.Done;
    }
}
