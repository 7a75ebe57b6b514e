using System.Net;
using System.Text.RegularExpressions;

namespace EodPredict.Service.Tests;

/// <summary>Somebody with a browser's cookies, who presses buttons.</summary>
internal sealed class PageForm(EodProcess eod) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Posts a form as a page sends it: with the token of <paramref name="page"/>, or without one where that is null.</summary>
    public async Task<(HttpStatusCode Status, string Body)> PostAsync(string? page, string path, params (string Name,
        string Value)[] fields)
    {
        var form = fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).ToList();
        if (page is not null)
        {
            const string Token = "__RequestVerificationToken";
            var shown = await _http.GetStringAsync(new Uri(eod.Url + page));
            form.Add(new(Token, Regex.Match(shown, $"name=\"{Token}\" value=\"([^\"]+)\"").Groups[1].Value));
        }

        using var reply = await _http.PostAsync(new Uri(eod.Url + path), new FormUrlEncodedContent(form));
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();
}
