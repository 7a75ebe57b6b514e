using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.Service.Tests;

/// <summary>A server of items over https with a certificate of its own, whose replies are compressed in turns in each way there is.</summary>
internal sealed class SecureOrigin : IAsyncDisposable
{
    private static readonly string[] Encodings = ["gzip", "br", "deflate", ""];

    private readonly WebApplication _server;
    private readonly X509Certificate2 _certificate;

    private SecureOrigin(WebApplication server, X509Certificate2 certificate) => (_server, _certificate) = (server, certificate);

    public string Url => $"{_server.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/items/{{id}}";

    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>The protocols that were spoken, with how many requests.</summary>
    public ConcurrentDictionary<string, int> Spoken { get; } = [];

    /// <summary>The connections that were made.</summary>
    public ConcurrentDictionary<string, bool> Connections { get; } = [];

    public static async Task<SecureOrigin> StartAsync(HttpProtocols offered)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        var certificate = Certify();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = offered;
                listen.UseHttps(certificate);
            }));
        var origin = new SecureOrigin(builder.Build(), certificate);
        origin._server.MapGet("/items/{id:int}", origin.ServeAsync);
        await origin._server.StartAsync();
        return origin;
    }

    /// <summary>What is stored of an item.</summary>
    public static string TextOf(int id) => $$"""{"id":{{id}},"text":"{{new string('x', 2000)}}"}""";

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task ServeAsync(HttpContext context, int id)
    {
        Spoken.AddOrUpdate(context.Request.Protocol, 1, (_, times) => times + 1);
        Connections[context.Connection.Id] = true;
        var encoding = Encodings[id % Encodings.Length];
        context.Response.ContentType = "application/json";
        if (encoding.Length > 0)
        {
            Assert.Contains(encoding, context.Request.Headers.AcceptEncoding.ToString(), StringComparison.Ordinal);
            context.Response.Headers.ContentEncoding = encoding;
        }

        using var body = new MemoryStream();
        await using (var packed = Packed(body, encoding))
        {
            await packed.WriteAsync(Encoding.UTF8.GetBytes(TextOf(id)));
        }

        await context.Response.Body.WriteAsync(body.ToArray());
    }

    private static Stream Packed(Stream to, string encoding) => encoding switch
    {
        "gzip" => new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true),
        "br" => new BrotliStream(to, CompressionLevel.Fastest, leaveOpen: true),
        "deflate" => new ZLibStream(to, CompressionLevel.Fastest, leaveOpen: true),
        _ => new BufferedStream(to),
    };

    private static X509Certificate2 Certify()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TestTime.Wall.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
