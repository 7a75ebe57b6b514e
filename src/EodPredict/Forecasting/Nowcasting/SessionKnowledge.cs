namespace EodPredict.Forecasting.Nowcasting;

/// <summary>What is known now of an open session.</summary>
/// <param name="Law">Its arrival law.</param>
/// <param name="Close">The instant of its close.</param>
/// <param name="TickersWaiting">How many tickers, in expectation, wait for what one check of it tells, itself included.</param>
/// <param name="Company">What others tell of it.</param>
/// <param name="Batch">The name of the batch that it is awaited with, and how many of its tickers are; null where it is not.</param>
internal sealed record SessionKnowledge(
    ArrivalLaw Law, DateTimeOffset Close, double TickersWaiting, CompanyToday Company, (string Name, int Tickers)? Batch)
{
    /// <summary>What the experts of the ticker say, knowing its own checks alone.</summary>
    public required ArrivalLaw Experts { get; init; }

    /// <summary>The same with what the trees know.</summary>
    public required ArrivalLaw Own { get; init; }

    /// <summary>When a cheap signal last said no, where no GET has told so since; the law knows it. Null: none has.</summary>
    public DateTimeOffset? SignalNoAt { get; init; }
}
