namespace EodPredict.Providers;

/// <summary>Check methods as the database spells them.</summary>
internal static class CheckMethods
{
    public static string ToSql(this CheckMethod method) => method switch
    {
        CheckMethod.Get => "GET",
        CheckMethod.Head => "HEAD",
        CheckMethod.Page => "PAGE",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not a check method."),
    };

    public static CheckMethod FromSql(string text) => text switch
    {
        "GET" => CheckMethod.Get,
        "HEAD" => CheckMethod.Head,
        "PAGE" => CheckMethod.Page,
        _ => throw new ArgumentOutOfRangeException(nameof(text), text, "Not a check method."),
    };
}
