using System.Text;
using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary>Rows of facts: a table on a terminal, aligned lines in a pipe. For one use.</summary>
internal sealed class FactTable(params FactColumn[] columns)
{
    private const string Between = "  ";

    private readonly List<FactCell[]> _rows = [];

    private bool HasHeadings => columns.Any(column => column.Name.Length > 0);

    /// <summary>Adds a row with a cell for each column.</summary>
    public void Add(params FactCell[] cells) => _rows.Add(cells);

    public void Write(IAnsiConsole to)
    {
        if (to.IsPipe())
        {
            WriteLines(to.Profile.Out.Writer);
        }
        else
        {
            to.Write(Table());
        }
    }

    private void WriteLines(TextWriter to)
    {
        FactCell[] headings = [.. columns.Select(column => new FactCell(column.Name))];
        FactCell[][] lines = HasHeadings ? [headings, .. _rows] : [.. _rows];
        int[] widths = [.. columns.Select((_, i) => lines.Select(line => line[i].Text.Length).DefaultIfEmpty().Max())];
        foreach (var line in lines)
        {
            var text = new StringBuilder();
            for (var i = 0; i < line.Length; i++)
            {
                text.Append(i > 0 ? Between : "");
                text.Append(columns[i].IsNumber ? line[i].Text.PadLeft(widths[i]) : line[i].Text.PadRight(widths[i]));
            }

            to.WriteLine(text.ToString().TrimEnd());
        }
    }

    private Table Table()
    {
        var table = new Table { Border = HasHeadings ? TableBorder.Simple : TableBorder.None, ShowHeaders = HasHeadings };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Name, new Style(Color.Grey))) { Alignment = column.IsNumber ? Justify.Right : Justify.Left });
        }

        foreach (var row in _rows)
        {
            table.AddRow(row.Select(cell => new Text(cell.Text, new Style(cell.Colour))));
        }

        return table;
    }
}
