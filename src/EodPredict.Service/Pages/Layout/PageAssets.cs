using System.Reflection;
using System.Security.Cryptography;

namespace EodPredict.Service.Pages.Layout;

/// <summary>The stylesheet, the script and the icon of the pages, out of the executable; a new version has a new address.</summary>
internal static class PageAssets
{
    private static readonly Dictionary<string, (byte[] Bytes, string Type)> Files = new()
    {
        ["eod.css"] = (Read("eod.css"), "text/css; charset=utf-8"),
        ["eod.js"] = (Read("eod.js"), "text/javascript; charset=utf-8"),
        ["eod.svg"] = (Read("eod.svg"), "image/svg+xml"),
    };

    public static string Style { get; } = Address("eod.css");

    public static string Script { get; } = Address("eod.js");

    public static string Icon { get; } = Address("eod.svg");

    public static void MapAssets(this IEndpointRouteBuilder routes) => routes.MapGet("/assets/{name}", (string name, HttpContext context) =>
    {
        if (!Files.TryGetValue(name, out var file))
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(file.Bytes, file.Type);
    }).AllowAnonymous();

    private static string Address(string name) => $"/assets/{name}?{Convert.ToHexStringLower(SHA256.HashData(Files[name].Bytes))[..12]}";

    private static byte[] Read(string name)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Pages/{name}")!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
