using EodPredict.Scraping.Limit;
using EodPredict.Scraping.Pace;
using EodPredict.Scraping.Sharing;

namespace EodPredict.Tests.Scraping.Simulation;

/// <summary>
/// A process of the simulation: a controller of its own, or one that shares the limit, on a clock that differs from the others'.
/// </summary>
internal sealed class SimulationClient(int process, PaceController? alone, TimeSpan skew)
{
    private SharedPace _shared = new(new Participant(0, process), new PaceSettings());

    public int Process => process;

    /// <summary>Its controller where it shares nothing.</summary>
    public PaceController? Alone => alone;

    /// <summary>How often it was killed.</summary>
    public int Life { get; private set; }

    public bool IsDead { get; private set; }

    /// <summary>When it wakes next to send.</summary>
    public TimeSpan Wakes { get; set; } = TimeSpan.MaxValue;

    /// <summary>When it wakes next for an exchange.</summary>
    public TimeSpan Tends { get; set; } = TimeSpan.MaxValue;

    public int Accepted { get; set; }

    public bool Leads => alone is null && _shared.Leads;

    public int InFlight => alone?.InFlight ?? _shared.InFlight;

    /// <summary>When its next exchange is due; null where it shares nothing.</summary>
    public TimeSpan? ExchangeDue => alone is null && !IsDead
        ? _shared.ExchangeDue < TimeSpan.MaxValue ? _shared.ExchangeDue - skew : TimeSpan.MaxValue : null;

    public Participant Who(int life) => new(life, process);

    public bool Lives(Participant who) => !IsDead && who.Worker == Life;

    public PaceAdvice Ask(TimeSpan now)
    {
        var advice = alone?.Ask(now) ?? _shared.Ask(now + skew);
        return alone is not null || advice.AskAgain == TimeSpan.MaxValue ? advice : advice with { AskAgain = advice.AskAgain - skew };
    }

    public void Sent(TimeSpan now)
    {
        alone?.Sent(now);
        if (alone is null)
        {
            _shared.Sent(now + skew);
        }
    }

    public void Finished(Attempt attempt)
    {
        alone?.Finished(attempt);
        if (alone is null)
        {
            _shared.Finished(attempt with { SentAt = attempt.SentAt + skew, FinishedAt = attempt.FinishedAt + skew });
        }
    }

    public ShareRequest Exchange(TimeSpan now) => _shared.Exchange(now + skew);

    public void Answered(ShareAnswer answer, TimeSpan now) => _shared.Answered(answer, now + skew);

    public void Missed() => _shared.Missed();

    public void Hear(ShareNews news, TimeSpan now) => _shared.Hear(news, now + skew);

    public void Kill()
    {
        (IsDead, Wakes, Tends) = (true, TimeSpan.MaxValue, TimeSpan.MaxValue);
        Life++;
    }

    public void Restart()
    {
        if (IsDead)
        {
            IsDead = false;
            _shared = new(Who(Life), new PaceSettings());
        }
    }
}
