using System.Reflection;

namespace EodPredict.Service.Pages;

/// <summary>What every page has: title, style, and the few lines that fetch it anew while it is looked at.</summary>
internal static class PageFrame
{
    private static readonly Html Style = new(Read("EodPredict.Service.Pages.today.css"));

    // Replaces what is shown without losing the place; where scripts are off, the page loads itself anew.
    private static readonly Html Refresh = new("""
        <noscript><meta http-equiv="refresh" content="10"></noscript>
        <script>setInterval(async()=>{if(document.hidden)return;try{const r=await fetch(location.href);if(!r.ok)throw 0;
        const d=new DOMParser().parseFromString(await r.text(),'text/html');
        document.querySelector('main').replaceWith(d.querySelector('main'));
        document.body.className=''}catch{document.body.className='away'}},2000)</script>
        """);

    public static Html Render(string title, Html content) => Html.Of($"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title} · EodPredict</title><style>{Style}</style>{Refresh}</head>
        <body><header><h1>EodPredict</h1><nav><a href="/">Today</a> <a href="/orders">Order ids</a> <a href="/health/ready">Health</a></nav></header>
        <main><h2>{title}</h2>{content}</main></body></html>
        """);

    private static string Read(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
