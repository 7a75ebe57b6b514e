namespace EodPredict.Providers.Configuration;

/// <summary>The format of a body.</summary>
internal enum BodyFormat
{
    /// <summary>Not looked into: a good status with a body is the data.</summary>
    Any,
    Json,
    Csv,
    Html,
}
