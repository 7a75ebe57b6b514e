namespace EodPredict.Service.Configuration;

/// <summary>Where trained models are kept. Every process of one installation reads them there; training and commands write.</summary>
internal static class ModelsFolder
{
    public const string Key = "Eod:ModelsFolder";

    /// <summary>The configured folder, else models in the current directory, beside eod.json.</summary>
    public static string Of(IConfiguration configuration) =>
        Path.GetFullPath(configuration[Key] is { Length: > 0 } configured ? configured : "models");
}
