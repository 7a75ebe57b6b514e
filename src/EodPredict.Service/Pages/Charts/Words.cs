using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace EodPredict.Service.Pages.Charts;

/// <summary>Text in a chart. A component in C#, since Razor keeps the element <c>text</c> for itself.</summary>
public sealed class Words : ComponentBase
{
    [Parameter, EditorRequired] public required double X { get; set; }

    [Parameter, EditorRequired] public required double Y { get; set; }

    [Parameter, EditorRequired] public required string Text { get; set; }

    /// <summary>start, middle or end.</summary>
    [Parameter] public string Anchor { get; set; } = "start";

    [Parameter] public string? Style { get; set; }

    /// <summary>Whether <see cref="X"/> is in percent of the width.</summary>
    [Parameter] public bool IsPercent { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", X.ToString("0.##", CultureInfo.InvariantCulture) + (IsPercent ? "%" : ""));
        builder.AddAttribute(2, "y", Y.ToString("0.##", CultureInfo.InvariantCulture));
        builder.AddAttribute(3, "text-anchor", Anchor);
        builder.AddAttribute(4, "class", Style);
        builder.AddContent(5, Text);
        builder.CloseElement();
    }
}
