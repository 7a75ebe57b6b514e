namespace EodPredict.Service.Pages.Charts;

/// <summary>A vertical line across a chart, as for now.</summary>
/// <param name="Style">Its style: now, next or close.</param>
/// <param name="At">Its value on the x axis.</param>
/// <param name="Label">What it says.</param>
public sealed record ChartMark(string Style, double At, string Label);
