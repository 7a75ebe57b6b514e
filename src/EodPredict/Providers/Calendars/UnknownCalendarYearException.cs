namespace EodPredict.Providers.Calendars;

/// <summary>A calendar was asked about days it has no data for. It does not guess.</summary>
public sealed class UnknownCalendarYearException : Exception
{
    internal UnknownCalendarYearException(string calendar, DateOnly date, DateOnly firstDate, DateOnly lastDate, string remedy)
        : base(
            $"The calendar {calendar} knows nothing of the year {date.Year} at {date:yyyy-MM-dd}: "
            + $"it covers {firstDate:yyyy-MM-dd} to {lastDate:yyyy-MM-dd}. {remedy}")
    {
        Calendar = calendar;
        Date = date;
        FirstDate = firstDate;
        LastDate = lastDate;
    }

    /// <summary>The calendar's name.</summary>
    public string Calendar { get; }

    /// <summary>The first day that would have to be known.</summary>
    public DateOnly Date { get; }

    /// <summary>The year without data.</summary>
    public int Year => Date.Year;

    /// <summary>The first day the calendar covers.</summary>
    public DateOnly FirstDate { get; }

    /// <summary>The last day the calendar covers.</summary>
    public DateOnly LastDate { get; }
}
