namespace EodPredict.Scraping.Pace;

// Where the pace goes by what is known, and how far it keeps away from the limit.
public sealed partial class PaceController
{
    private const double LeastMargin = 0.001;
    private const double MostMargin = 0.05;
    private const double MostMarginOfAll = 0.2;

    // The limit is hardly lower than this where it has changed and the next refusal did not follow at once.
    private const double LeastAfterChange = 0.85;

    private double _margin = 2 * LeastMargin;
    private double _changedLow;
    private double _touchedAt;

    // Where the bounds are wide, the pace goes into them, and either one gives; where they are close, it stays just under the limit.
    private void Aim()
    {
        AimInside();
        _rate = Math.Min(_rate, _run.Most(_admitted.Total));
    }

    private void AimInside()
    {
        if (_cycles.Seen == 0 && _laws.Bounds is { } known)
        {
            _rate = Inside(known.Low, known.High);
            return;
        }

        if (!_bracket.HasAnchor)
        {
            return;
        }

        var settled = Math.Min(_now, Oldest);
        _bracket.Pass(settled, _admitted.Before(settled), Slack());
        var (low, high) = (_bracket.Low, _bracket.High);
        low = Math.Max(low, Math.Min(_changedLow, high));
        _rate = low >= 0.7 * _rate ? Inside(low, high) : Math.Min(_rate, high < 2 * low ? (low + high) / 2 : high);
    }

    private double Inside(double low, double high)
    {
        high = Math.Min(high, 1.5 * low);
        return low + ((high - low) * (high > 1.03 * low ? _price.Reach(_admitted.Total - _touchedAt) : 0.5));
    }

    private (double Low, double High) Bounds => _laws.Bounds ?? (_bracket.Low, _bracket.High);

    // What a long window refuses comes of its end, and is no sign of others.
    private double Margin => Math.Min(MostMarginOfAll, _margin + (Window > 0 ? 0 : _price.Margin));

    // What the pace keeps away from the limit, and how soon to test it again.
    private void Weigh()
    {
        var best = BestGap();
        if (_epoch.Provoked)
        {
            _margin = Math.Max(LeastMargin, _margin * (1 - (0.4 / _price.Factor)));
            best = Math.Max(best, QuotasBetweenTests * Window * _rate);
            _tests.Widen(best);
        }
        else if (Bounds.High < 1.02 * Bounds.Low)
        {
            _margin = Math.Min(MostMargin, (_margin * 1.3) + 0.0005);
        }

        _tests.Bound(best);
    }
}
