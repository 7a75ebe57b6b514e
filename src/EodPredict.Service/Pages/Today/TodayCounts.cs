namespace EodPredict.Service.Pages.Today;

/// <summary>How many sessions there are.</summary>
public sealed record TodayCounts(long All, long Open, long Late, long Found, long Gets);
