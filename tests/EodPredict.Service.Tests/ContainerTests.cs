using System.Diagnostics;

namespace EodPredict.Service.Tests;

/// <summary>What containers need of the program, and that the compose file holds together.</summary>
public sealed class ContainerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ComposeFact]
    public async Task The_compose_file_is_valid_and_keeps_secrets_in_files()
    {
        string[] client = ComposeFactAttribute.Client!;
        using var compose = Process.Start(new ProcessStartInfo(
            client[0], [.. client[1..], "-f", Path.Combine(Repository.Root, "docker-compose.yml"), "config"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = compose.StandardError.ReadToEndAsync();
        var whole = await compose.StandardOutput.ReadToEndAsync();
        await compose.WaitForExitAsync();
        Assert.True(compose.ExitCode == 0, await error);
        foreach (var part in (string[])["service_healthy", "pg_isready", "/run/secrets/PGPASSWORD", "EOD_SECRETS: /run/secrets", "- health"])
        {
            Assert.Contains(part, whole, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Password=", whole, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Secrets_are_read_from_files_and_the_environment_is_stronger()
    {
        var secrets = Directory.CreateDirectory(_folder.PathOf("secrets")).FullName;
        File.WriteAllText(Path.Combine(secrets, "ACME_KEY"), "of-the-file\n");
        File.WriteAllText(Path.Combine(secrets, "Eod__Urls"), "http://of-the-file:1");
        _folder.Write("eod.json", """
            { "Eod": { "Providers": { "acme": { "BaseAddress": "http://127.0.0.1:1", "KeyFromEnvironment": "ACME_KEY", "Datasets": {
              "eod": { "Calendar": "24/7", "Tickers": ["A"], "Url": "/eod/{ticker}?token={key}" } } } } } }
            """);
        await using var without = await EodProcess.RunAsync(_folder, ["doctor"]);
        Assert.Contains("ACME_KEY", without.Error, StringComparison.Ordinal);
        await using var with = await EodProcess.RunAsync(_folder, ["doctor"], ("EOD_SECRETS", secrets), ("Eod:Urls", "http://127.0.0.1:0"));
        Assert.DoesNotContain("ACME_KEY", with.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("of-the-file", with.Output + with.Error, StringComparison.Ordinal);

        await using var missing = await EodProcess.RunAsync(_folder, ["doctor"], ("EOD_SECRETS", "/nowhere"));
        Assert.StartsWith("eod: EOD_SECRETS is /nowhere, which cannot be read", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_tells_by_its_exit_code_whether_the_service_is_ready()
    {
        await using var eod = await EodProcess.ServeAsync(_folder);
        await using var well = await EodProcess.RunAsync(_folder, ["health"], ("Eod:Urls", eod.Url));
        Assert.Equal((0, $"{eod.Url}: ready"), (await well.ExitCodeAsync(), well.Output));
        await using var told = await EodProcess.RunAsync(_folder, ["health", "--url", eod.Url, "--json"]);
        Assert.Equal("""{"status":"ready"}""", told.Output);
        eod.Signal("TERM");
        Assert.Equal(0, await eod.ExitCodeAsync());
        await using var gone = await EodProcess.RunAsync(_folder, ["health", "--url", eod.Url]);
        Assert.Equal(1, await gone.ExitCodeAsync());
        Assert.Contains("Is eod serve running there?", gone.Error, StringComparison.Ordinal);
    }
}
