namespace EodPredict.Service.Pages;

/// <summary>What a page shows, read from the database before anything is rendered. Public, as Razor's components are.</summary>
public abstract record PageContent
{
    /// <summary>The numbers behind the page's charts; each is served as CSV at the page's own address with <c>csv=NAME</c>.</summary>
    public virtual IEnumerable<NumberTable> Tables => [];
}
