using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EodPredict.Service.Tests;

/// <summary>A certificate of a test's own, for https on this machine.</summary>
internal static class TestCertificate
{
    public const string Subject = "CN=eod.example";

    public static X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TestTime.Wall.GetUtcNow();
        return new CertificateRequest(Subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    /// <summary>Writes one into a test's folder, and says where to Kestrel.</summary>
    public static (string Key, string Value)[] Settings(TestFolder folder)
    {
        using var certificate = Create();
        using var key = certificate.GetECDsaPrivateKey()!;
        return
        [
            ("Kestrel:Certificates:Default:Path", folder.Write("cert.pem", certificate.ExportCertificatePem())),
            ("Kestrel:Certificates:Default:KeyPath", folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem())),
        ];
    }

    /// <summary>A browser of sorts: believes this certificate alone, keeps cookies, follows nothing.</summary>
    public static HttpClient Trusting(string address, CookieContainer cookies) => new(new HttpClientHandler
    {
        AllowAutoRedirect = false,
        CookieContainer = cookies,
        ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate!.Subject == Subject,
    })
    {
        BaseAddress = new Uri(address),
    };
}
