using System.Net;
using System.Text;
using System.Text.Json;

namespace EodPredict.Service.Tests;

/// <summary>A script that speaks the API of one service.</summary>
internal sealed class JsonClient(EodProcess eod) : IDisposable
{
    private readonly HttpClient _http = new();

    public async Task<JsonElement> ReadAsync(string path) => JsonDocument.Parse(await eod.ReadAsync(path)).RootElement;

    /// <summary>Posts a body and reads the answer, whatever its status.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Reply)> PostAsync(string path, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var reply = await _http.PostAsync(new Uri(eod.Url + path), content);
        return (reply.StatusCode, JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement.Clone());
    }

    /// <summary>Posts a body that is refused.</summary>
    public async Task<(int Status, string Code)> RefusedAsync(string path, object body)
    {
        var (status, reply) = await PostAsync(path, body);
        return ((int)status, reply.GetProperty("code").GetString()!);
    }

    /// <summary>All entries of a list, page by page.</summary>
    public async Task<List<JsonElement>> AllAsync(string list, int max)
    {
        var all = new List<JsonElement>();
        for (var before = ""; ;)
        {
            var page = await ReadAsync($"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}max={max}{before}");
            all.AddRange(page.GetProperty("entries").EnumerateArray());
            Assert.True(page.GetProperty("entries").GetArrayLength() <= max);
            if (page.GetProperty("next_before") is not { ValueKind: not JsonValueKind.Null } next)
            {
                return all;
            }

            before = "&before=" + Uri.EscapeDataString(next.ToString());
        }
    }

    public void Dispose() => _http.Dispose();
}
