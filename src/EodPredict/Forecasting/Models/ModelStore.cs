using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EodPredict.Forecasting.Learned;
using EodPredict.Forecasting.Trees;

namespace EodPredict.Forecasting.Models;

/// <summary>
/// The folder of models: for each dataset a folder, in it one for each version with its manifest and its trees, a file that names the
/// champion, and a history. Every change is one rename, so a process that dies leaves the state before or after it. Safe for concurrent use
/// by one writer a dataset and any number of readers.
/// </summary>
/// <param name="folder">Where it is; made when the first model is written.</param>
/// <param name="schemas">The features of the kinds of models besides those of arrival laws.</param>
public sealed class ModelStore(string folder, params IEnumerable<FeatureSchema> schemas)
{
    private const string TreesFile = "trees.json";
    private const string ManifestFile = "manifest.json";
    private const string ChampionFile = "champion";
    private const string HistoryFile = "history.jsonl";
    private const string Unfinished = ".unfinished-";

    private readonly Dictionary<string, FeatureSchema> _schemas = schemas.Append(SessionFeatures.Schema).ToDictionary(one => one.Kind);

    /// <summary>The manifests of a dataset's models, oldest first.</summary>
    /// <exception cref="ModelFaultException">A manifest cannot be read.</exception>
    public IReadOnlyList<ModelManifest> List(string dataset) =>
        Directory.Exists(Of(dataset))
            ? [.. Directory.GetDirectories(Of(dataset)).Select(Path.GetFileName).OfType<string>()
                .Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal).Select(version => Manifest(dataset, version))]
            : [];

    /// <summary>The version that serves; null: the experts alone.</summary>
    public string? Champion(string dataset)
    {
        try
        {
            return File.ReadAllText(Path.Combine(Of(dataset), ChampionFile)).Trim() is { Length: > 0 } version ? version : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>What was decided of a dataset's models, oldest first.</summary>
    public IReadOnlyList<ModelEvent> History(string dataset)
    {
        var path = Path.Combine(Of(dataset), HistoryFile);
        return File.Exists(path)
            ? [.. File.ReadLines(path).Where(line => line.EndsWith('}'))
                .Select(line => JsonSerializer.Deserialize<ModelEvent>(line, ModelJson.Line)!)]
            : [];
    }

    /// <summary>The manifest of one model.</summary>
    /// <exception cref="ModelFaultException">There is none, or it cannot be read.</exception>
    public ModelManifest Manifest(string dataset, string version)
    {
        var path = Path.Combine(Of(dataset), Checked(version), ManifestFile);
        try
        {
            return JsonSerializer.Deserialize<ModelManifest>(File.ReadAllBytes(path), ModelJson.Indented)
                ?? throw new ModelFaultException($"The manifest of {dataset} {version} is empty. Train anew, or roll back.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelFaultException($"{dataset} has no model {version}. `eod models list` shows those there are.");
        }
        catch (JsonException e)
        {
            throw new ModelFaultException(
                $"The manifest of {dataset} {version} cannot be read ({e.Message.TrimEnd('.')}). Train anew, or roll back.");
        }
    }

    /// <summary>The trees of one model as they are stored.</summary>
    /// <exception cref="ModelFaultException">They are not there, or not those that the manifest tells of.</exception>
    public byte[] Trees(ModelManifest manifest)
    {
        var path = Path.Combine(Of(manifest.Dataset), Checked(manifest.Version), TreesFile);
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
        return HashOf(bytes) == manifest.Sha256
            ? bytes
            : throw new ModelFaultException(
                $"The trees of {manifest.Dataset} {manifest.Version} are not those of its manifest: the hash differs. "
                + "Train anew, or roll back.");
    }

    /// <summary>One model, fit to be used.</summary>
    /// <exception cref="ModelFaultException">It is damaged, or was fitted to other features than this program makes.</exception>
    internal StoredModel Load(string dataset, string version)
    {
        var manifest = Manifest(dataset, version);
        if (!_schemas.TryGetValue(manifest.Kind, out var schema))
        {
            throw new ModelFaultException(
                $"{dataset} {version} is a model of {manifest.Kind}, which this program does not know. Train anew.");
        }

        if (manifest.FeatureSchema != schema.Version || !manifest.Features.SequenceEqual(schema.Names))
        {
            throw new ModelFaultException($"{dataset} {version} was fitted to features of schema {manifest.FeatureSchema}, "
                + $"but this program makes schema {schema.Version}. Train anew.");
        }

        return new StoredModel(manifest, TreeEnsembleJson.Read(Trees(manifest)));
    }

    /// <summary>Adds a model, which does not serve yet.</summary>
    /// <param name="manifest">Its manifest; the hash is filled in here.</param>
    /// <param name="ensemble">Its trees.</param>
    /// <returns>The manifest as it was written.</returns>
    internal ModelManifest Add(ModelManifest manifest, TreeEnsemble ensemble)
    {
        var trees = TreeEnsembleJson.Write(ensemble);
        var written = manifest with { Sha256 = HashOf(trees) };
        var dataset = Directory.CreateDirectory(Of(manifest.Dataset)).FullName;
        foreach (var left in Directory.GetDirectories(dataset, Unfinished + "*"))
        {
            Directory.Delete(left, recursive: true);
        }

        var unfinished = Directory.CreateDirectory(Path.Combine(dataset, Unfinished + manifest.Version)).FullName;
        Write(Path.Combine(unfinished, TreesFile), trees);
        Write(Path.Combine(unfinished, ManifestFile), JsonSerializer.SerializeToUtf8Bytes(written, ModelJson.Indented));
        Directory.Move(unfinished, Path.Combine(dataset, Checked(manifest.Version)));
        return written;
    }

    /// <summary>Lets a model serve, once it has been seen to be fit to be used; null: the experts alone.</summary>
    /// <exception cref="ModelFaultException">It cannot be used.</exception>
    public void Promote(string dataset, string? version, ModelEvent why)
    {
        if (version is not null)
        {
            Load(dataset, version);
        }

        Directory.CreateDirectory(Of(dataset));
        var champion = Path.Combine(Of(dataset), ChampionFile);
        Write(champion + ".new", Encoding.UTF8.GetBytes((version ?? "") + "\n"));
        File.Move(champion + ".new", champion, overwrite: true);
        Note(dataset, why);
    }

    /// <summary>Lets the model that served before the champion serve again, or the experts alone where none did.</summary>
    /// <returns>The version that serves now; null: the experts alone.</returns>
    /// <exception cref="ModelFaultException">No model serves, or the one before cannot be used.</exception>
    public string? RollBack(string dataset, DateTimeOffset now)
    {
        var champion = Champion(dataset) ?? throw new ModelFaultException($"No model serves {dataset}, so there is nothing to roll back.");
        var served = new Stack<string>();
        foreach (var past in History(dataset).Where(e => e.Action != ModelActions.Refused))
        {
            if (past.Action != ModelActions.RolledBack)
            {
                served.Push(past.Version);
            }
            else
            {
                served.TryPop(out _);
            }
        }

        // The champion itself is on top, unless its promotion died before it was noted.
        var version = served.SkipWhile(one => one == champion).FirstOrDefault();
        Promote(dataset, version, new ModelEvent(now, ModelActions.RolledBack, version ?? "", RolledBackFrom(champion)));
        return version;
    }

    /// <summary>What the history says of a roll-back: from which model.</summary>
    public static string RolledBackFrom(string champion) => $"Rolled back from {champion}.";

    /// <summary>Adds a line to the history of a dataset.</summary>
    public void Note(string dataset, ModelEvent what)
    {
        var history = Path.Combine(Directory.CreateDirectory(Of(dataset)).FullName, HistoryFile);
        File.AppendAllText(history, JsonSerializer.Serialize(what, ModelJson.Line) + "\n");
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void Write(string path, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    private string Of(string dataset) => Path.Combine(folder, dataset);

    private static string Checked(string version) =>
        version.Length > 0 && version[0] != '.' && version.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
            ? version
            : throw new ModelFaultException($"'{version}' is no version of a model. `eod models list` shows those there are.");
}
