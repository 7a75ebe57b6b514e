namespace EodPredict.Service.Tests;

/// <summary>A test of an example script; skipped, with the reason, where its interpreter or its driver is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExampleFactAttribute : FactAttribute
{
    public ExampleFactAttribute(string script) => Skip = ExampleScript.Missing(script);
}
