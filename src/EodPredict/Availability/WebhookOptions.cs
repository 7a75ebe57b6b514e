namespace EodPredict.Availability;

/// <summary>Who is told of arrivals; the section <c>Eod:Webhook</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>An http or https address that takes a JSON POST for each new version of a payload. The default is none.</summary>
    public Uri? Address { get; set; }
}
