using System.Security.Cryptography;
using System.Text;

namespace EodPredict.Service.Tests.Browser;

/// <summary>
/// The README's picture of Today. It is made by the test of the demo where <c>EOD_PICTURES</c> is set, and keeps beside it a hash of what it
/// was rendered by: a test fails where that has changed since, until the picture is made again.
/// </summary>
internal static class ReadmePicture
{
    private const string Picture = "docs/pictures/today.png";
    private const string Hash = "docs/pictures/today.sha256";
    private const string Pages = "src/EodPredict.Service/Pages";

    /// <summary>What the picture was rendered by.</summary>
    public static string KnownHash => Repository.Read(Hash).Trim();

    /// <summary>What it would be rendered by now.</summary>
    public static string HashNow()
    {
        string[] files =
        [
            Repository.PathOf($"{Pages}/Assets/eod.css"),
            .. new[] { "Today", "Layout" }.SelectMany(folder => Directory.GetFiles(Repository.PathOf($"{Pages}/{folder}"), "*.razor"))
                .Order(StringComparer.Ordinal),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(files.Select(File.ReadAllText)))));
    }

    /// <summary>Makes it anew from the page that is open, where pictures are wanted.</summary>
    public static async Task KeepAsync(Chromium browser)
    {
        if (Pictures.AreKept)
        {
            await File.WriteAllBytesAsync(Repository.PathOf(Picture), await browser.PictureAsync());
            await File.WriteAllTextAsync(Repository.PathOf(Hash), HashNow() + "\n");
        }
    }
}
