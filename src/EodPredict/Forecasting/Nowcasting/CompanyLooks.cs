namespace EodPredict.Forecasting.Nowcasting;

/// <summary>When it is looked for tickers that go together: by the number of session dates, sooner at first.</summary>
/// <param name="Dates">How many session dates have opened.</param>
/// <param name="Latest">The last of them.</param>
/// <param name="Next">It is looked when there are more dates than that.</param>
internal readonly record struct CompanyLooks(int Dates, DateOnly Latest, int Next)
{
    private const int First = 30;
    private const int BetweenEarly = 15;
    private const int EarlyUntil = 60;
    private const int Between = 30;

    /// <summary>No date has opened.</summary>
    public static CompanyLooks None { get; } = new(0, DateOnly.MinValue, First);

    public bool IsDue => Dates > Next;

    /// <summary>Sessions of a date open; a date counts once.</summary>
    public CompanyLooks Opening(DateOnly sessionDate) =>
        sessionDate > Latest ? this with { Dates = Dates + 1, Latest = sessionDate } : this;

    /// <summary>It was looked.</summary>
    public CompanyLooks Done()
    {
        var next = Next;
        while (next < Dates)
        {
            next += next < EarlyUntil ? BetweenEarly : Between;
        }

        return this with { Next = next };
    }
}
