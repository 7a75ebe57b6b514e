using System.Globalization;
using System.Net;
using System.Text;

namespace EodPredict.Replay.Vendor;

/// <summary>The status page: one table row per ticker with its newest session date and the instant it landed. Pure.</summary>
internal sealed class StatusPage(PublicationBoard board)
{
    /// <param name="ticker">The one ticker to show; null shows all.</param>
    /// <param name="now">On the service's clock.</param>
    public VendorAnswer At(string? ticker, DateTimeOffset now)
    {
        var page = new StringBuilder("""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Data status</title></head>
            <body>
            <h1>Data status</h1>
            <table id="status">
            <thead><tr><th>Ticker</th><th>Newest date</th><th>Landed (UTC)</th></tr></thead>
            <tbody>

            """);
        foreach (var shown in board.Tickers.Where(shown => ticker is null || shown == ticker))
        {
            var newest = board.Arrived(shown, now).FirstOrDefault();
            var name = WebUtility.HtmlEncode(shown);
            page.Append(CultureInfo.InvariantCulture, $"<tr data-ticker=\"{name}\"><td class=\"ticker\">{name}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"date\">{newest?.SessionDate:yyyy-MM-dd}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"landed\">{newest?.Arrival:yyyy-MM-ddTHH:mm:ssZ}</td></tr>\n");
        }

        page.Append("</tbody>\n</table>\n</body>\n</html>\n");
        return new(200, Encoding.UTF8.GetBytes(page.ToString()), "text/html; charset=utf-8");
    }
}
