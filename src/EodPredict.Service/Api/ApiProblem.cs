namespace EodPredict.Service.Api;

/// <summary>What the API answers when it does not do what was asked: problem details with a code that scripts can rely on.</summary>
internal static class ApiProblem
{
    public const string InvalidRequest = "invalid_request";
    public const string NotFound = "not_found";
    public const string DatabaseAway = "database_away";

    /// <param name="status">The HTTP status.</param>
    /// <param name="code">What happened, stable over versions.</param>
    /// <param name="detail">What happened, to what, and what to do, for people.</param>
    /// <param name="more">Further members.</param>
    public static IResult Of(int status, string code, string detail, params (string Name, object? Value)[] more) => Results.Problem(
        detail, statusCode: status,
        extensions: more.Append(("code", code)).ToDictionary(member => member.Item1, member => (object?)member.Item2));

    /// <summary>A body, or an argument, that makes no sense.</summary>
    public static IResult Invalid(string detail) => Of(StatusCodes.Status400BadRequest, InvalidRequest, detail);

    /// <summary>The database does not answer now.</summary>
    /// <param name="what">What to do.</param>
    public static IResult Away(string what) =>
        Of(StatusCodes.Status503ServiceUnavailable, DatabaseAway, $"The database does not answer. {what}");

    /// <summary>For what the web server itself refuses, such as an unknown address.</summary>
    public static IResult OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Of(status, NotFound, "There is nothing at this address; /openapi.json has those that there are."),
        StatusCodes.Status405MethodNotAllowed => Of(
            status, "method_not_allowed", "This address takes another method; the header Allow has it."),
        >= StatusCodes.Status500InternalServerError => Of(status, "internal_error", "The service failed; its log says why."),
        _ => Of(status, InvalidRequest, "An argument is missing or has no value that it can have."),
    };
}
