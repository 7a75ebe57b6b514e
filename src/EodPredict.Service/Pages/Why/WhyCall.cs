using EodPredict.Availability;

namespace EodPredict.Service.Pages.Why;

/// <summary>One call that was made.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="Method">GET, HEAD or PAGE.</param>
/// <param name="Outcome">As in <c>eod.observation</c>.</param>
/// <param name="Reason">Why the reply was taken for that, in words.</param>
/// <param name="Status">Of the reply; null: none came.</param>
/// <param name="Bytes">How long the reply was; null: unknown.</param>
public sealed record WhyCall(DateTimeOffset At, string Method, string Outcome, string Reason, int? Status, long? Bytes)
{
    /// <summary>What the check was decided by; null where it is not kept, as of a cheap signal beside a GET.</summary>
    public CheckLaw? Law { get; init; }
}
