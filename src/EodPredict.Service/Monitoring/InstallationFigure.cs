namespace EodPredict.Service.Monitoring;

/// <summary>One figure of the whole installation, as read last.</summary>
/// <param name="Name">The instrument's name.</param>
/// <param name="Label">The name of its label; empty where it has none.</param>
/// <param name="Of">What it is of: a dataset, a provider, a budget's scope; empty where it has no label.</param>
/// <param name="Value">The figure.</param>
internal readonly record struct InstallationFigure(string Name, string Label, string Of, double Value);
