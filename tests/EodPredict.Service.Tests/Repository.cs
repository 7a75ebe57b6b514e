namespace EodPredict.Service.Tests;

/// <summary>The files of this project, as they were checked out.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    public static string PathOf(string path) => Path.Combine(Root, path);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "EodPredict.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
