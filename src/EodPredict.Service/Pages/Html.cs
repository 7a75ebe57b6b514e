namespace EodPredict.Service.Pages;

/// <summary>Finished HTML. Made from interpolated text, in which every value is encoded unless it is HTML itself.</summary>
internal readonly record struct Html(string Text)
{
    public static Html Empty { get; } = new("");

    public static Html Of(HtmlInterpolation text) => new(text.ToString());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.Text)));

    public override string ToString() => Text;
}
