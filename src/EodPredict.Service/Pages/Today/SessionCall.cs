namespace EodPredict.Service.Pages.Today;

/// <summary>One call that was made for a session.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="Method">GET, HEAD or PAGE.</param>
/// <param name="Outcome">As in <c>eod.observation</c>.</param>
public sealed record SessionCall(DateTimeOffset At, string Method, string Outcome);
