namespace EodPredict.Service.Pages.Why;

/// <summary>An earlier arrival, in minutes since its own close.</summary>
/// <param name="SessionDate">Of which session.</param>
/// <param name="AfterMinutes">Not there yet.</param>
/// <param name="ByMinutes">There; null: not while it was watched.</param>
/// <param name="Gets">What it cost; null: it was imported.</param>
/// <param name="MedianMinutes">The middle of its law at the close; null: none was kept.</param>
public sealed record WhyArrival(DateOnly SessionDate, double AfterMinutes, double? ByMinutes, int? Gets, double? MedianMinutes);
