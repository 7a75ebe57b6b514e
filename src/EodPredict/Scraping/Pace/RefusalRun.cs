namespace EodPredict.Scraping.Pace;

/// <summary>
/// Times at which the limit was found exhausted that follow each other within a few requests. At a pace just under the limit that hardly
/// happens, so that the limit has fallen or is not known yet: what was admitted between the first and the last of them is what flowed in,
/// and no more is sent for a while. Times in seconds. Not thread-safe.
/// </summary>
internal sealed class RefusalRun
{
    private const double Near = 12;
    private const double Patience = 20;

    // Where hardly anything was admitted between them, it is what was sent before that fills the window still.
    private const double Telling = 2;
    private const double MostFall = 0.4;

    private double _firstAt;
    private double _firstAdmitted;
    private double _rate;
    private double _lastAdmitted = double.NegativeInfinity;
    private double _most = double.PositiveInfinity;

    /// <summary>The limit was found exhausted.</summary>
    /// <param name="at">When.</param>
    /// <param name="admitted">Requests admitted before, ever.</param>
    /// <param name="rate">The rate aimed at, in requests per second.</param>
    /// <param name="isKnown">Whether the limit was known: else the start's own haste is still felt, and the pace falls once only.</param>
    /// <param name="isProvoked">Whether requests had been sent faster in order to find out: a window may echo that, which is no run.</param>
    public void Add(double at, double admitted, double rate, bool isKnown, bool isProvoked)
    {
        if (isProvoked || admitted - _lastAdmitted > Near)
        {
            (_firstAt, _firstAdmitted, _rate, _most) = (at, admitted, rate, double.PositiveInfinity);
        }
        else if (admitted - _firstAdmitted >= Telling)
        {
            _most = Math.Max(MostFall * (isKnown ? rate : _rate), (admitted - _firstAdmitted) / (at - _firstAt));
        }

        _lastAdmitted = isProvoked ? double.NegativeInfinity : admitted;
    }

    /// <summary>The most requests per second to send for now; infinite where nothing is amiss.</summary>
    /// <param name="admitted">Requests admitted so far.</param>
    public double Most(double admitted) => admitted - _lastAdmitted < Patience ? _most : double.PositiveInfinity;
}
