using CsvHelper;

namespace EodPredict.Providers.Replies;

/// <summary>
/// Rows in CSV with a line of column names, separated by comma, semicolon, tab or bar. Names are compared without regard to case.
/// </summary>
internal sealed record CsvRules : BodyRules
{
    private static readonly CsvReaderOptions Options = new() { TrimWhitespace = true };

    /// <summary>The column with the date; null where rows have none.</summary>
    public string? Date { get; init; }

    /// <summary>The columns whose numbers must be there.</summary>
    public required IReadOnlyList<string> Required { get; init; }

    public override ReplyRows Read(ReadOnlyMemory<byte> body, ReplyQuestion question, DateRule? dates, CancellationToken stop)
    {
        using var reader = CsvReader.Create(body, Options);
        try
        {
            reader.ReadHeader();
            if (Date is not null && !reader.TryGetFieldIndex(Date, out _)) return new ReplyRows { Absent = $"the column '{Date}'" };

            string? Field(string name) => reader.TryGetFieldIndex(name, out var index) ? reader.GetString(index) : null;
            var rows = new List<ReplyRow>();
            while (reader.Read())
            {
                rows.Add(new ReplyRow(
                    Date is null ? null : dates?.Read(Field(Date)),
                    Required.FirstOrDefault(name => !RequiredNumber.IsIn(Field(name)))));
            }

            return new ReplyRows { Rows = rows };
        }
        catch (CsvFormatException)
        {
            return new ReplyRows { Unreadable = "no CSV" };
        }
    }
}
