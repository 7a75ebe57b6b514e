using System.Net;
using Npgsql;

namespace EodPredict.Service.Tests;

/// <summary>One running service that asks for keys, and one key of each role.</summary>
public sealed class KeyedFolder : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    public TestFolder Folder { get; } = new();

    public EodProcess Eod { get; private set; } = null!;

    public string Reader { get; private set; } = "";

    public string Operator { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Eod = await EodProcess.ServeAsync(Folder, ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"));
        Reader = await CreateAsync("looker", "reader");
        Operator = await CreateAsync("doer", "operator");
        await TestTime.UntilAsync("keys are demanded and known", async () =>
            await StatusAsync("GET", "/jobs", Reader) == HttpStatusCode.OK && await StatusAsync("GET", "/jobs") == HttpStatusCode.Unauthorized);
    }

    /// <summary>Makes a key with <c>eod keys create</c>.</summary>
    public async Task<string> CreateAsync(string name, string role)
    {
        await using var create = await EodProcess.RunAsync(Folder, ["keys", "create", "--name", name, "--role", role]);
        Assert.Equal(0, await create.ExitCodeAsync());
        return create.Output;
    }

    /// <summary>Makes a scraping job, so that there is something to press.</summary>
    public async Task FillAsync()
    {
        await using var database = NpgsqlDataSource.Create($"Host={Folder.Data};Username=eod;Database=eod");
        await using var command = database.CreateCommand("""
            insert into eod.scrape_job (name, url, endpoint, headers, is_served, items, failed, created_at, state)
            values ('a job', 'http://127.0.0.1:1/{id}', 'http://127.0.0.1:1/', '{}', true, 2, 1, now(), 'paused') on conflict do nothing
            """);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Sends a request with a key, or without one where that is empty.</summary>
    public async Task<HttpResponseMessage> SendAsync(string method, string path, string key = "", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Eod.Url + path));
        if (key.Length > 0)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async Task<HttpStatusCode> StatusAsync(string method, string path, string key = "", params (string Name, string Value)[] headers)
    {
        using var reply = await SendAsync(method, path, key, headers);
        return reply.StatusCode;
    }

    public Task DisposeAsync() => Eod.DisposeAsync().AsTask();

    public void Dispose()
    {
        _http.Dispose();
        Folder.Dispose();
    }
}
