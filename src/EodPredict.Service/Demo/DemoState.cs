using System.Text.Json;

namespace EodPredict.Service.Demo;

/// <summary>
/// What a demo that was stopped needs to go on: its recording, its days and where its clock stood. The clock stands still while the demo
/// does not run. Kept in a file beside its database.
/// </summary>
/// <param name="Series">The recorded series.</param>
/// <param name="Days">How many days are lived; null: until interrupted.</param>
/// <param name="Clock">What the service's clock showed last; null where it has not begun.</param>
/// <param name="Finished">Whether all its days were lived.</param>
internal sealed record DemoState(string Series, int? Days, DateTimeOffset? Clock, bool Finished)
{
    /// <summary>The state in this folder; null where there is none or it cannot be read.</summary>
    public static DemoState? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<DemoState>(File.ReadAllText(FileIn(folder)));
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces the state in one step: a crash leaves the old one or the new one.</summary>
    public void Write(string folder)
    {
        var written = FileIn(folder) + ".new";
        File.WriteAllText(written, JsonSerializer.Serialize(this));
        File.Move(written, FileIn(folder), overwrite: true);
    }

    /// <summary>Whether a demo with these options goes on where this one was stopped.</summary>
    public bool IsContinuedBy(DemoOptions options) => !Finished && Clock is not null && Series == options.Series && Days == options.Days;

    private static string FileIn(string folder) => Path.Combine(folder, "demo.json");
}
