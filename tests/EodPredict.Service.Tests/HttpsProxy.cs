using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace EodPredict.Service.Tests;

/// <summary>
/// A proxy as people put before a service: https outside, http inside, telling of itself by <c>X-Forwarded-*</c>. Listens on this machine.
/// </summary>
internal sealed class HttpsProxy : IAsyncDisposable
{
    private readonly WebApplication _proxy;
    private readonly HttpClient _inside = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    private HttpsProxy(WebApplication proxy) => _proxy = proxy;

    public string Url => _proxy.Urls.Single();

    public static async Task<HttpsProxy> StartAsync(string service)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        var certificate = TestCertificate.Create();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
            server.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var proxy = new HttpsProxy(builder.Build());
        proxy._proxy.Run(context => proxy.PassOnAsync(context, service));
        await proxy._proxy.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _inside.Dispose();
    }

    private async Task PassOnAsync(HttpContext context, string service)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method), service + context.Request.Path + context.Request.QueryString);
        if (context.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
            request.Content.Headers.ContentLength = context.Request.ContentLength;
        }

        request.Headers.Host = context.Request.Host.Value;
        foreach (var name in (string[])["Accept", "Cookie"])
        {
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToArray());
        }

        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.7");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", context.Request.Scheme);
        using var reply = await _inside.SendAsync(request);
        context.Response.StatusCode = (int)reply.StatusCode;
        foreach (var (name, values) in reply.Headers.Where(header => header.Key is "Set-Cookie" or "Location"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await reply.Content.CopyToAsync(context.Response.Body);
    }
}
