namespace EodPredict.Scraping;

/// <summary>What comes next for an item after an attempt.</summary>
/// <param name="Kind">What.</param>
/// <param name="Refusals">Its refused attempts from now on.</param>
/// <param name="Faults">Its attempts without a useful reply from now on.</param>
/// <param name="Wait">How long before it is tried again.</param>
internal readonly record struct ItemStep(ItemStepKind Kind, int Refusals, int Faults, TimeSpan Wait);
