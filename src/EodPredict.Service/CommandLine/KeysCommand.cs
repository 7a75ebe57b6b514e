using System.CommandLine;
using System.Globalization;
using EodPredict.Access;
using EodPredict.Jobs;
using EodPredict.Service.Hosting;
using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary><c>eod keys</c>: who may use the service over HTTP.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "Keys for the service's API and pages: without any, it serves this machine only.")
    {
        Make(), List(), Revoke(),
    };

    private static Command Make()
    {
        var name = Name("What the key is called: who or what uses it.");
        var role = new Option<string>("--role")
        {
            Description = $"{AccessRoles.Reader}: may see everything. {AccessRoles.Operator}: may change it as well.",
            Required = true,
        };
        role.AcceptOnlyFromAmong([.. AccessRoles.All]);
        var json = JsonOption.Create();
        var command = new Command("create", "Makes a key and writes it, this once, to standard output.") { name, role, json };
        command.SetAction((asked, cancellationToken) => RunAsync(
            asked,
            async (keys, now, cancellation) =>
            {
                var (called, may) = (asked.GetRequiredValue(name), asked.GetRequiredValue(role));
                var secret = await keys.CreateAsync(called, may, now, cancellation);
                if (asked.GetValue(json))
                {
                    JsonOption.Write(new { name = called, role = may, created_at = now, key = secret });
                }
                else
                {
                    Console.WriteLine(secret);
                }

                await Console.Error.WriteLineAsync(
                    "This is shown once: only its hash is stored. Scripts send it as 'Authorization: Bearer KEY', browsers sign in with it.");
                if ((await keys.ListAsync(cancellation)) is { Count: 1 })
                {
                    await Console.Error.WriteLineAsync("It is the first key: from now on every request to the service needs one.");
                }
            },
            cancellationToken));
        return command;
    }

    private static Command List()
    {
        var json = JsonOption.Create();
        var command = new Command("list", "All keys, with the hour in which each was last used; never the keys themselves.") { json };
        command.SetAction((asked, cancellationToken) => RunAsync(
            asked,
            async (keys, _, cancellation) =>
            {
                var all = await keys.ListAsync(cancellation);
                if (asked.GetValue(json))
                {
                    all.ToList().ForEach(key => JsonOption.Write(new { key.Name, key.Role, key.CreatedAt, key.LastUsedAt, key.RevokedAt }));
                }
                else if (all.Count == 0)
                {
                    CommandConsole.Facts.Line("No key was made yet: the service serves this machine only. `eod keys create` makes one.");
                }
                else
                {
                    Write(all);
                }
            },
            cancellationToken));
        return command;
    }

    private static Command Revoke()
    {
        var name = Name("What the key is called.");
        var json = JsonOption.Create();
        var command = new Command("revoke", "Ends a key for ever; running services notice within seconds.") { name, json };
        command.SetAction((asked, cancellationToken) => RunAsync(
            asked,
            async (keys, now, cancellation) =>
            {
                await keys.RevokeAsync(asked.GetRequiredValue(name), now, cancellation);
                if (asked.GetValue(json))
                {
                    JsonOption.Write(new { name = asked.GetRequiredValue(name), revoked_at = now });
                }
                else
                {
                    CommandConsole.Facts.Line($"{asked.GetRequiredValue(name)} is revoked.", Color.Green);
                }
            },
            cancellationToken));
        return command;
    }

    private static void Write(IEnumerable<AccessKey> keys)
    {
        var table = new FactTable("name", "role", "made", "last used", "revoked");
        foreach (var key in keys)
        {
            table.Add(
                new FactCell(key.Name, key.RevokedAt is null ? Color.Green : Color.Grey), key.Role, At(key.CreatedAt),
                key.LastUsedAt is { } used ? At(used) : "never", key.RevokedAt is { } revoked ? new FactCell(At(revoked), Color.Red) : "");
        }

        table.Write(CommandConsole.Facts);
    }

    private static Task<int> RunAsync(
        ParseResult asked, Func<AccessKeys, DateTimeOffset, CancellationToken, Task> act, CancellationToken cancellationToken) =>
        CommandHost.RunAsync(
            asked.Configuration(),
            async (services, cancellation) =>
            {
                var wall = services.GetRequiredKeyedService<TimeProvider>(WallClock.Key);
                await act(ActivatorUtilities.CreateInstance<AccessKeys>(services), wall.GetUtcNow(), cancellation);
                return ExitCode.Done;
            },
            cancellationToken);

    private static Option<string> Name(string description) => new("--name") { Description = description, HelpName = "N", Required = true };

    private static string At(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
