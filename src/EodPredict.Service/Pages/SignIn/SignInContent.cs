namespace EodPredict.Service.Pages.SignIn;

/// <summary>What the page of signing in shows.</summary>
/// <param name="To">Where to go afterwards: a path of this service.</param>
/// <param name="Refusal">Why the last try failed; null where there was none.</param>
/// <param name="MayBeSignedIn">Whether the visitor came from another site, so that the browser kept the cookie back.</param>
public sealed record SignInContent(string To, string? Refusal, bool MayBeSignedIn);
