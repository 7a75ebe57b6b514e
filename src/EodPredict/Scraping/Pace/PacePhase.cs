namespace EodPredict.Scraping.Pace;

/// <summary>What a <see cref="PaceController"/> is doing.</summary>
internal enum PacePhase
{
    /// <summary>Nothing is known: what is in flight grows with every request admitted, until the first refusal.</summary>
    Starting,

    /// <summary>The pace is just under the limit, or inside the bounds that are known of it.</summary>
    Cruising,

    /// <summary>The pace goes beyond the limit, a request or two first, to learn whether it still holds.</summary>
    Testing,

    /// <summary>Nothing is sent until nothing is in flight.</summary>
    Draining,

    /// <summary>One request at a time, ever more rarely, finds out when the server admits again.</summary>
    Feeling,
}
