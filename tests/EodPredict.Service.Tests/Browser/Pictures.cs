namespace EodPredict.Service.Tests.Browser;

/// <summary>Pictures of pages for looking at by eye, kept in the folder that <c>EOD_PICTURES</c> names; nowhere where it is not set.</summary>
internal static class Pictures
{
    private const string Folder = "EOD_PICTURES";

    /// <summary>Whether pictures are wanted.</summary>
    public static bool AreKept => Environment.GetEnvironmentVariable(Folder) is { Length: > 0 };

    public static async Task KeepAsync(Chromium browser, string path, string how)
    {
        if (Environment.GetEnvironmentVariable(Folder) is { Length: > 0 } folder)
        {
            var name = path.Split('?')[0].Trim('/').Replace('/', '-');
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(
                Path.Combine(folder, $"{(name.Length > 0 ? name : "today")}-{how}.png"), await browser.PictureAsync());
        }
    }
}
