using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary>A cell of a table of facts.</summary>
/// <param name="Text">What stands in it.</param>
/// <param name="Colour">Its colour on a terminal; null: that of other text.</param>
internal readonly record struct FactCell(string Text, Color? Colour = null)
{
    public static implicit operator FactCell(string text) => new(text);
}
