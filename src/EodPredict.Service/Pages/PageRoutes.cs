using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace EodPredict.Service.Pages;

/// <summary>How every page and every button is served.</summary>
internal static class PageRoutes
{
    private const string Csv = "csv";

    /// <summary>Serves a page, and its numbers as CSV. A page without content is answered 404; without a database, 503.</summary>
    /// <param name="routes">Where to map.</param>
    /// <param name="pattern">The address.</param>
    /// <param name="read">Reads what is shown; null where there is no such thing.</param>
    public static void MapPage<TPage, TContent>(
        this IEndpointRouteBuilder routes, string pattern, Func<HttpContext, CancellationToken, Task<TContent?>> read)
        where TPage : IComponent
        where TContent : PageContent =>
        routes.MapGet(pattern, (HttpContext context, CancellationToken cancellationToken) => AnswerAsync(async () =>
        {
            var content = await read(context, cancellationToken);
            return content is null ? Missing()
                : context.Request.Query[Csv] is [{ } name] ? Numbers(content, name)
                : Render<TPage>(StatusCodes.Status200OK, ("Content", content));
        }));

    /// <summary>Does what a button of a page asks for, and shows the page again. Refused without the page's own token.</summary>
    /// <param name="routes">Where to map.</param>
    /// <param name="pattern">The address.</param>
    /// <param name="act">Does it; returns the address of the page to show. Throws what <paramref name="refusal"/> describes.</param>
    /// <param name="refusal">Says in a sentence why something was refused; null: it is a fault of the program.</param>
    public static void MapAction(
        this IEndpointRouteBuilder routes, string pattern, Func<IFormCollection, IServiceProvider, CancellationToken, Task<string>> act,
        Func<Exception, string?> refusal) =>
        routes.MapPost(pattern, (HttpContext context, IAntiforgery antiforgery, CancellationToken cancellationToken) =>
            AnswerAsync(async () =>
        {
            if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
            {
                return Message(
                    StatusCodes.Status400BadRequest, "Not done",
                    "This was not sent by a page of this service, or the page is too old. Load the page again and repeat it.");
            }

            try
            {
                var form = await context.Request.ReadFormAsync(cancellationToken);
                return TypedResults.LocalRedirect(await act(form, context.RequestServices, cancellationToken));
            }
            catch (Exception e) when (refusal(e) is { } why)
            {
                return Message(StatusCodes.Status409Conflict, "Not done", why);
            }
        }));

    private static async Task<IResult> AnswerAsync(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (NpgsqlException e) when (e is not PostgresException { IsTransient: false })
        {
            return Message(
                StatusCodes.Status503ServiceUnavailable, "The database does not answer",
                "The database does not answer. It is waited for: this page comes back by itself.");
        }
    }

    private static IResult Numbers(PageContent content, string name) =>
        content.Tables.FirstOrDefault(table => table.Name == name) is { } table
            ? Results.Stream(to => table.WriteAsync(to, CancellationToken.None), "text/csv; charset=utf-8", $"{table.Name}.csv")
            : Missing();

    /// <summary>The page of an address at which nothing is.</summary>
    internal static RazorComponentResult Missing() => Message(
        StatusCodes.Status404NotFound, "Not found",
        "There is nothing at this address. It may have been removed; the links above lead to what there is.");

    /// <summary>A page that says one thing.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="title">What happened, in a few words.</param>
    /// <param name="text">What happened and what to do.</param>
    internal static RazorComponentResult Message(int status, string title, string text) => Render<MessagePage>(
        status, (nameof(MessagePage.Title), title), (nameof(MessagePage.Text), text),
        (nameof(MessagePage.IsPassing), status == StatusCodes.Status503ServiceUnavailable));

    private static RazorComponentResult Render<TPage>(int status, params (string Name, object Value)[] parameters)
        where TPage : IComponent =>
        new(typeof(TPage), parameters.ToDictionary(parameter => parameter.Name, parameter => (object?)parameter.Value))
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
}
