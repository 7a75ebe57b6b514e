using System.Text.Json;

namespace EodPredict.Forecasting.Models;

/// <summary>The files of a review that are the same for every kind of model.</summary>
internal static class ModelFiles
{
    /// <summary>Writes trees, manifest, history and importance into a folder, over those of an earlier time.</summary>
    /// <returns>Their names.</returns>
    /// <exception cref="ModelFaultException">The model cannot be used.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        ModelStore models, ModelManifest manifest, string folder, CancellationToken cancellationToken)
    {
        var trees = models.Trees(manifest);
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, "trees.json"), trees, cancellationToken);
        await File.WriteAllBytesAsync(
            Path.Combine(folder, "manifest.json"), JsonSerializer.SerializeToUtf8Bytes(manifest, ModelJson.Indented), cancellationToken);
        await TableAsync(folder, "history.csv", ["at_utc", "action", "version", "reason"],
            models.History(manifest.Dataset).Select(e => new object?[] { e.At, e.Action, e.Version, e.Reason }), cancellationToken);
        await TableAsync(folder, "importance.csv", ["feature", "share_of_gain"],
            manifest.Features.Zip(manifest.Importance, (name, share) => new object?[] { name, share }), cancellationToken);
        return ["trees.json", "manifest.json", "history.csv", "importance.csv"];
    }

    /// <summary>Writes a table.</summary>
    public static Task TableAsync(
        string folder, string name, IReadOnlyList<string> header, IEnumerable<object?[]> rows, CancellationToken cancellationToken) =>
        ReviewTable.WriteAsync(Path.Combine(folder, name), header, rows.ToAsyncEnumerable(), cancellationToken);
}
