namespace EodPredict.Scraping.Pace;

/// <summary>
/// When to find out whether the limit has risen, and how fast to go about it. A test costs about one refusal; what it may gain grows with
/// the rate, with how much more the endpoint was seen to bear, and with how often its limit changed. Times in seconds. Not thread-safe.
/// </summary>
internal sealed class TestPlan
{
    private const double FirstGap = 8;
    private const double LeastGap = 60;
    private const double Widening = 6;
    private const double PriceOfRefusal = 3;
    private const double TakenBackSeconds = 6;
    private const double TakenBack = 0.15;
    private const double FewestChanges = 0.05;
    private const double PriorSeconds = 50;
    private const double LeastGain = 0.25;
    private const double MostGain = 3;

    private double _changes = FewestChanges;
    private double _before;
    private double _changedAt = double.NegativeInfinity;
    private double _best;
    private double _gap = FirstGap;
    private double _admittedAtTouch;
    private double _unused;

    /// <summary>When the next test begins; infinite where none is planned.</summary>
    public double At { get; private set; } = double.PositiveInfinity;

    /// <summary>When the last test began.</summary>
    public double From { get; private set; }

    /// <summary>Requests admitted before the last test, ever.</summary>
    public double AdmittedAtStart { get; private set; }

    /// <summary>Requests to have in flight beyond those of the rate.</summary>
    public double Excess { get; private set; }

    /// <summary>Requests beyond the rate that a test is admitted where nothing has changed: what flowed in unused.</summary>
    public double Expected => 10 + ((0.02 + _unused) * (AdmittedAtStart - _admittedAtTouch));

    /// <summary>Requests beyond the rate up to which a test gives no reason to doubt the upper bounds.</summary>
    public double Unremarkable => 4 + ((0.01 + _unused) * (AdmittedAtStart - _admittedAtTouch));

    /// <summary>A rate has been established.</summary>
    public void Established(double rate) => _best = Math.Max(_best, rate);

    /// <summary>The limit has changed; many signs of one change count once, and a change that is taken back at once was none.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="former">Requests per second before.</param>
    /// <param name="rate">Requests per second since.</param>
    public void Changed(double now, double former, double rate)
    {
        if (now - _changedAt < TakenBackSeconds && Math.Abs(rate - _before) < TakenBack * _before)
        {
            _changes = Math.Max(FewestChanges, _changes - 1);
            _before = double.PositiveInfinity;
        }
        else if (now - _changedAt > 2)
        {
            (_changes, _changedAt, _before) = (_changes + 1, now, former);
        }
    }

    /// <summary>What the next test would tell is wanted soon.</summary>
    public void Hasten(double requests = FirstGap) => _gap = requests;

    /// <summary>A test told what was known.</summary>
    public void Widen(double longest) => _gap = Math.Min(_gap * Widening, longest);

    /// <summary>The limit was touched.</summary>
    public void Touched(double admitted) => _admittedAtTouch = admitted;

    /// <summary>Plans the next test.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="rate">Requests per second.</param>
    /// <param name="least">The shortest time to wait.</param>
    public void Next(double now, double rate, double least) => At = now + Math.Max(_gap / rate, least);

    /// <summary>
    /// Requests between tests at which their refusals and what a change costs that is noticed late are least together: with a change every
    /// 1/h seconds and a gain of g of the rate r, tests every T seconds cost c/T + h·g·r·T/2 per second, which is least at T² = 2c/(h·g·r).
    /// </summary>
    public double BestGap(double now, double rate)
    {
        var gain = Math.Clamp((_best - rate) / rate, LeastGain, MostGain);
        var hazard = _changes / (PriorSeconds + now);
        return Math.Max(LeastGap, rate * Math.Sqrt(2 * PriceOfRefusal / (hazard * gain * rate)));
    }

    /// <summary>The gap is at most the best one.</summary>
    public void Bound(double best) => _gap = Math.Min(_gap, best);

    public void Begin(double now, double admitted, double excess, double unused) =>
        (From, AdmittedAtStart, Excess, _unused) = (now, admitted, excess, unused);

    /// <summary>Requests beyond the rate that this test has been admitted.</summary>
    public double AdmittedBeyond(double admitted, double rate, double until) => admitted - AdmittedAtStart - (rate * (until - From));

    public void Raise(double excess) => Excess = Math.Max(Excess, excess);

    public void End() => At = double.PositiveInfinity;
}
