namespace EodPredict.Forecasting.Learned;

/// <summary>
/// The learned law of a provider as it is used: a model that moves the experts' laws, believed as far as it foretold before. Not safe for
/// several threads at once, but <see cref="Expect"/> and <see cref="Apply"/> are between calls of the others.
/// </summary>
internal sealed class LearnedLaw
{
    private const double Start = 0.5;
    private const double Floor = 1e-4;

    // Tickers of one provider err together, so each session counts for less than one of its own.
    private const double Step = 0.3;
    private const double Leak = 0.01;

    private readonly WeightRule _trust = new([Start, 1 - Start], Step, Leak);
    private (DateOnly Date, double Sum, int Count) _others;

    /// <summary>The model; null: the experts alone.</summary>
    public LearnedHazard? Model { get; set; }

    /// <summary>Whether the model is believed as far as it foretold; else wholly.</summary>
    public bool IsWeighed { get; set; } = true;

    /// <summary>What is known of a session at its opening.</summary>
    public LearnedExample Expect(DateOnly date, DateTimeOffset close, ArrivalLaw experts, PlaceHistory places) => new()
    {
        SessionDate = date,
        Close = close,
        Features = SessionFeatures.Of(date, close, experts, places, _others.Count > 0 ? _others.Sum / _others.Count : double.NaN),
        Middles = HazardScale.Middles(experts),
    };

    /// <summary>The experts' law of a session, moved by the model as far as it is believed.</summary>
    public ArrivalLaw Apply(LearnedExample session, ArrivalLaw experts) =>
        Model is null ? experts
        : (Model with { Share = IsWeighed ? Model.Share * _trust.Weights[0] : 1 }).Map(session).Apply(experts);

    /// <summary>Learns from a session that is over.</summary>
    public void Learn(LearnedExample session)
    {
        if (Model?.Map(session) is { } map)
        {
            _trust.Learn([Math.Max(Floor, map.At(session.By) - map.At(session.After)), Math.Max(Floor, session.By - session.After)]);
        }

        var place = (session.After + session.By) / 2;
        _others = session.SessionDate == _others.Date
            ? (_others.Date, _others.Sum + place, _others.Count + 1) : (session.SessionDate, place, 1);
    }
}
