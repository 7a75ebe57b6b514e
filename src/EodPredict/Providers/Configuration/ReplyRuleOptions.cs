using EodPredict.Providers.Replies;

namespace EodPredict.Providers.Configuration;

/// <summary>How replies are read; the sections <c>Rules</c> and <c>PageRules</c> of a dataset.</summary>
internal sealed class ReplyRuleOptions
{
    /// <summary>Any (a good status with a body is the data), Json, Csv or Html. The default is the profile's, or Any.</summary>
    public BodyFormat Format { get; set; }

    /// <summary>Json: a JSON pointer to the rows: an array, one object, or an object by date. The default is "", the whole reply.</summary>
    public string Rows { get; set; } = "";

    /// <summary>
    /// Where the session date is. Json: a JSON pointer from the row. Csv: a column. Html: a regular expression with a group "date" and
    /// perhaps "time". The default is none: dates are not looked at.
    /// </summary>
    public string? Date { get; set; }

    /// <summary>Json: whether the rows are the members of an object, named by their dates. The default is false.</summary>
    public bool DatesAreNames { get; set; }

    /// <summary>A .NET date format. The default reads 2026-01-31, 20260131, and seconds or milliseconds since 1970.</summary>
    public string? DateFormat { get; set; }

    /// <summary>The zone for seconds and milliseconds since 1970. The default is Etc/UTC.</summary>
    public string DateZone { get; set; } = "Etc/UTC";

    /// <summary>
    /// Exact: there must be a row of the session date. OnOrAfter: the newest row must be of it or later. The default is Exact.
    /// </summary>
    public DateMatch DateMatch { get; set; }

    /// <summary>What must be a number. Json: JSON pointers from the row. Csv: columns. The default is none.</summary>
    public List<string> Required { get; set; } = [];

    /// <summary>What it means that the place of the rows is missing altogether. The default is Broken.</summary>
    public ReplyOutcome AbsentRows { get; set; } = ReplyOutcome.Broken;

    /// <summary>Html: a CSS selector, in which {ticker} and {date} stand for what is asked. Needed there.</summary>
    public string? Selector { get; set; }

    /// <summary>Html: a regular expression that an element's text must match to count. The default is none: every text does.</summary>
    public string? Ready { get; set; }

    /// <summary>
    /// Html: on the session date itself an element counts only from this time of day, such as 16:00. The default is none.
    /// </summary>
    public string? ReadyFrom { get; set; }

    /// <summary>Statuses that say "not yet". The default is 204 and 404.</summary>
    public List<int> NotYetStatuses { get; set; } = [204, 404];

    /// <summary>Statuses that say "never". The default is 410.</summary>
    public List<int> NeverStatuses { get; set; } = [410];

    /// <summary>Statuses that ask for patience. The default is 429; 503 with a Retry-After always does.</summary>
    public List<int> ThrottledStatuses { get; set; } = [429];

    /// <summary>Statuses that refuse the key. The default is 401 and 403.</summary>
    public List<int> RefusedStatuses { get; set; } = [401, 403];

    /// <summary>
    /// Regular expressions, without regard to case, without lookaround; a body that matches asks for patience. The default is none.
    /// </summary>
    public List<string> ThrottledPatterns { get; set; } = [];

    /// <summary>As <see cref="ThrottledPatterns"/>, for bodies that refuse the key.</summary>
    public List<string> RefusedPatterns { get; set; } = [];

    /// <summary>As <see cref="ThrottledPatterns"/>, for bodies that say "never".</summary>
    public List<string> NeverPatterns { get; set; } = [];

    /// <summary>As <see cref="ThrottledPatterns"/>, for bodies that say "not yet".</summary>
    public List<string> NotYetPatterns { get; set; } = [];

    /// <summary>As <see cref="ThrottledPatterns"/>, for bodies that say nothing of the data, such as a maintenance page.</summary>
    public List<string> BrokenPatterns { get; set; } = [];
}
