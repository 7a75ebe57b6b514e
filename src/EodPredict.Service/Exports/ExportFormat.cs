namespace EodPredict.Service.Exports;

/// <summary>How an exported table is written.</summary>
internal enum ExportFormat
{
    /// <summary>Text: UTF-8, a header, a point in numbers, times in UTC as ISO 8601, nothing where there is no value.</summary>
    Csv,

    /// <summary>Columns with types: instants are timestamps in UTC to the microsecond.</summary>
    Parquet,
}
