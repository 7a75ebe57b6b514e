using System.Text;
using EodPredict.Orders;
using Npgsql;

namespace EodPredict.Service.Pages;

/// <summary>What became of every order id.</summary>
internal static class LedgerPage
{
    private const string Title = "Order ids";

    public static void MapLedger(this IEndpointRouteBuilder routes) => routes.MapGet("/orders", RenderAsync);

    private static async Task<IResult> RenderAsync(OrderStore store, CancellationToken cancellationToken)
    {
        try
        {
            return Page(Render(await store.LedgerAsync(cancellationToken)), StatusCodes.Status200OK);
        }
        catch (NpgsqlException)
        {
            var away = Html.Of($"<p>The database does not answer. It is waited for: this page comes back by itself.</p>");
            return Page(PageFrame.Render(Title, away), StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static Html Render(IReadOnlyList<OrderLedgerRow> rows) => PageFrame.Render(Title, Html.Of($"""
        <p class="facts"><b>{rows.Sum(row => row.Used)}</b> orders recorded · every id issued is one of these:</p>
        <table><thead><tr><th>Worker</th><th>Issued</th><th>Used</th><th>Reserved</th><th>Leased, unused</th><th>Abandoned</th></tr></thead>
        <tbody>{Html.Join(rows.Select(Row))}</tbody></table>
        """));

    private static Html Row(OrderLedgerRow row) => Html.Of($"""
        <tr><td><b>{(row.Worker.Length > 0 ? row.Worker : "(nobody)")}</b></td><td data-name="Issued">{row.Issued}</td>
        <td data-name="Used">{row.Used}</td><td data-name="Reserved">{row.Reserved}</td><td data-name="Leased">{row.LeasedUnused}</td>
        <td data-name="Abandoned">{row.Abandoned}</td></tr>
        """);

    private static IResult Page(Html page, int status) => Results.Text(page.Text, "text/html", Encoding.UTF8, status);
}
