namespace EodPredict.Service.Configuration;

/// <summary>Where trained models are kept: every process of one installation on this machine reads them there, only training writes.</summary>
internal static class ModelsFolder
{
    public const string Key = "Eod:ModelsFolder";

    /// <summary>The configured folder, else models in the current directory, beside eod.json.</summary>
    public static string Of(IConfiguration configuration) =>
        Path.GetFullPath(configuration[Key] is { Length: > 0 } configured ? configured : "models");
}
