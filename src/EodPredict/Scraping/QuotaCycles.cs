namespace EodPredict.Scraping;

/// <summary>
/// The window of a limit that admits so many requests and then nothing until more come due, from the times at which that was seen: when it
/// was exhausted, between which two instants it recovered, and what it admitted in between. Times in seconds. Not thread-safe.
/// </summary>
internal sealed class QuotaCycles
{
    // What people configure. A measured length that may be one of these is taken for it.
    private static readonly double[] UsualWindows = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600];

    private (double Low, double High, double Admitted)? _recovered;

    /// <summary>Requests per window; 0 while unknown.</summary>
    public double Quota { get; private set; }

    /// <summary>The window's length; 0 while unknown.</summary>
    public double Window { get; private set; }

    /// <summary>An instant at which a window began.</summary>
    public double Phase => _recovered?.High ?? 0;

    /// <summary>Times that the limit was seen to refuse everything and to recover.</summary>
    public int Seen { get; private set; }

    /// <summary>Whether the length was measured between two recoveries, rather than guessed from the first.</summary>
    public bool Measured { get; private set; }

    /// <summary>Everything was refused for a while, and no longer.</summary>
    /// <param name="exhausted">When the first was refused.</param>
    /// <param name="low">When the last was refused.</param>
    /// <param name="high">When the first was admitted again.</param>
    /// <param name="admittedBefore">Requests admitted before an instant, ever.</param>
    /// <returns>The rate, in requests per second, that would just not have been refused.</returns>
    public double Add(double exhausted, double low, double high, Func<double, double> admittedBefore)
    {
        var admitted = admittedBefore(exhausted);
        if (_recovered is not { } last)
        {
            (Quota, Window) = (admitted, high);
        }
        else
        {
            Measure(last.Low, last.High, low, high, admitted - last.Admitted);
            var windows = Math.Floor(Math.Max(0, exhausted - last.High) / Window);
            var least = admitted - admittedBefore(last.High + (windows * Window));
            var most = admitted - admittedBefore(last.Low + (windows * Window));
            Quota = Quota >= least - 1 && Quota <= most + 1 ? Quota : (least + most) / 2;
        }

        Seen++;
        _recovered = (low, high, admittedBefore(low));
        return Quota / Window;
    }

    /// <summary>When a window will begin next: first a guess within what is known of it, then the latest that it may be; null while unknown.</summary>
    public double? NextBoundary(double now)
    {
        if (!Measured || _recovered is not { } last)
        {
            return null;
        }

        var doubt = last.High - last.Low;
        var latest = last.High + (Math.Ceiling((now + 1e-3 - last.High) / Window) * Window);
        var guess = latest - (doubt / 2);
        return doubt > 0.02 * Window && now < guess - (0.01 * Window) ? guess : latest;
    }

    private void Measure(double lastLow, double lastHigh, double low, double high, double admitted)
    {
        var cycles = Math.Max(1, Math.Round(Measured ? (high - lastHigh) / Window : admitted / Math.Max(1, Quota)));
        var (least, most) = ((low - lastHigh) / cycles, (high - lastLow) / cycles);
        var usual = UsualWindows.Where(window => window >= least && window <= most).ToArray();
        Window = usual.Length > 0 ? usual[^1] : (least + most) / 2;
        Measured = true;
    }

    /// <summary>The limit is of another kind, or has changed.</summary>
    public void Forget()
    {
        _recovered = null;
        (Quota, Window, Seen, Measured) = (0, 0, 0, false);
    }
}
