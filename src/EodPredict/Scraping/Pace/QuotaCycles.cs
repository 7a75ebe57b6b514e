namespace EodPredict.Scraping.Pace;

/// <summary>
/// A limit that admits so many requests and then nothing for long, from the times at which that was seen: when it was exhausted, between
/// which two instants it recovered, and what it had admitted. Good for windows that slide as for those that turn. Times in seconds. Not
/// thread-safe.
/// </summary>
internal sealed class QuotaCycles
{
    private const double DeadOfTurning = 0.15;
    private const double Close = 0.01;

    // What people configure. A measured length that may be one of these is taken for it.
    private static readonly double[] UsualWindows = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600];

    private (double Low, double High, double Admitted)? _recovered;

    /// <summary>Requests per window; 0 while unknown.</summary>
    public double Quota { get; private set; }

    /// <summary>The window's length; 0 while unknown.</summary>
    public double Window { get; private set; }

    /// <summary>Times that the limit was seen to refuse everything and to recover.</summary>
    public int Seen { get; private set; }

    /// <summary>Whether the window was measured to turn at instants of the clock, rather than guessed.</summary>
    public bool Turns { get; private set; }

    /// <summary>Everything was refused for a while, and no longer.</summary>
    /// <param name="from">Since when requests were admitted.</param>
    /// <param name="exhausted">When the first was refused.</param>
    /// <param name="low">When the last was refused.</param>
    /// <param name="high">When the first was admitted again.</param>
    /// <param name="provoked">Whether requests had been sent faster in order to find out.</param>
    /// <param name="admittedBefore">Requests admitted before an instant, ever.</param>
    /// <returns>The rate, in requests per second, that would just not have been refused.</returns>
    public double Add(double from, double exhausted, double low, double high, bool provoked, Func<double, double> admittedBefore)
    {
        var admitted = admittedBefore(exhausted);
        if (_recovered is not { } last)
        {
            Window = UsualWindows.FirstOrDefault(window => window > low - from && window <= high - from, high - from);
            Quota = admitted - admittedBefore(from);
        }
        else
        {
            var borne = (admitted - last.Admitted) / Math.Max(1e-3, exhausted - last.High);
            if (Turns || high - exhausted > DeadOfTurning * Window)
            {
                MeasureTurns(last.Low, last.High, low, high, admitted - last.Admitted);
                CountWindow(last.Low, last.High, exhausted, admittedBefore);
            }
            else if (provoked)
            {
                Quota = Math.Max(Quota, admitted - admittedBefore(exhausted - Window));
            }
            else
            {
                CountCycle((admitted - last.Admitted) / (high - last.High), high - last.High);
            }

            // What was borne without a refusal for longer than a window cannot be too much.
            var sure = exhausted - last.High > Window ? borne * Window : 0;
            Quota = Quota < 0.95 * sure ? sure : Quota;
        }

        Seen++;
        _recovered = (low, high, admittedBefore(low));
        return Quota / Window;
    }

    /// <summary>
    /// When a window will begin next: first a guess within what is known of it, then the latest that it may be; null while unknown.
    /// </summary>
    /// <param name="since">Since when everything is refused.</param>
    /// <param name="now">The instant.</param>
    public double? NextBoundary(double since, double now)
    {
        if (!Turns || _recovered is not { } last)
        {
            return null;
        }

        var passed = last.High + (Math.Floor((now - last.High) / Window) * Window);
        if (passed >= since)
        {
            return now;
        }

        var doubt = last.High - last.Low;
        var latest = last.High + (Math.Ceiling((now + 1e-3 - last.High) / Window) * Window);
        var guess = latest - (doubt / 2);
        return doubt > 0.02 * Window && now < guess - (0.01 * Window) ? guess : latest;
    }

    /// <summary>The limit is of another kind, or has changed.</summary>
    public void Forget()
    {
        _recovered = null;
        (Quota, Window, Seen, Turns) = (0, 0, 0, false);
    }

    private void CountWindow(double lastLow, double lastHigh, double exhausted, Func<double, double> admittedBefore)
    {
        var windows = Math.Floor(Math.Max(0, exhausted - lastHigh) / Window);
        var admitted = admittedBefore(exhausted);
        var least = admitted - admittedBefore(lastHigh + (windows * Window));
        var most = admitted - admittedBefore(lastLow + (windows * Window));
        Quota = Quota >= least - 1 && Quota <= most + 1 ? Quota : (least + most) / 2;
    }

    // From recovery to recovery it admitted all that it can. Over less than half a window that is only the pattern of the window before.
    private void CountCycle(double rate, double seconds) =>
        Quota = seconds < Window / 2 ? 0.98 * Quota : Math.Abs((rate * Window) - Quota) < Close * Quota ? Quota : rate * Window;

    private void MeasureTurns(double lastLow, double lastHigh, double low, double high, double admitted)
    {
        var cycles = Math.Max(1, Math.Round(Turns ? (high - lastHigh) / Window : admitted / Math.Max(1, Quota)));
        var (least, most) = ((low - lastHigh) / cycles, (high - lastLow) / cycles);
        Window = UsualWindows.LastOrDefault(window => window >= least && window <= most, (least + most) / 2);
        Turns = true;
    }
}
