namespace EodPredict.Service.Tests.Browser;

/// <summary>A test with axe-core in a real browser; skipped, with the reason, where one of them is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AxeFactAttribute : FactAttribute
{
    public AxeFactAttribute() => Skip = Chromium.Program is null ? "No chromium is installed: apt-get install chromium"
        : Axe.Program is null ? "axe-core is not installed: ./eod test does so where it finds npm" : null;
}
