using EodPredict.Scraping.Sharing;

namespace EodPredict.Tests.Scraping.Simulation;

/// <summary>What <c>eod.exchange_share</c> does, for one endpoint, in memory and on the simulation's clock.</summary>
internal sealed class SimulatedShares
{
    private readonly Dictionary<Participant, OtherParticipant> _all = [];
    private (Participant Who, long Until)? _lead;
    private SharePlan? _plan;

    public ShareAnswer Exchange(Participant who, ShareRequest request, TimeSpan at, Func<Participant, bool> lives)
    {
        var now = TimeSpan.FromDays(20_000).Ticks + at.Ticks;
        _all[who] = new(who, now, true, request.Report, request.Attempts);
        var isMine = _lead?.Who == who;
        if (isMine && request.Resigns)
        {
            (_lead, _plan) = ((who, 0), request.Plan ?? _plan);
        }
        else if (isMine || (request.MayLead && !IsLed(now, lives) && !(request.Report.IsBounded && HasBetter(now))))
        {
            (_lead, _plan) = ((who, now + ShareTerms.Lease.Ticks), request.Plan ?? _plan);
        }

        Participant? leader = _lead is { } lead && lead.Until >= now ? lead.Who : null;
        return new(now, leader, _lead?.Until ?? 0, _plan, leader == who
            ? [.. _all.Values.Where(one => one.Who != who && now - one.SeenAt < ShareTerms.Readable.Ticks)
                .Select(one => one with { Lives = lives(one.Who) })]
            : []);
    }

    private bool IsLed(long now, Func<Participant, bool> lives) =>
        _lead is { } lead && lead.Until >= now
        && (lives(lead.Who) || now - (lead.Until - ShareTerms.Lease.Ticks) < ShareTerms.Silence.Ticks);

    private bool HasBetter(long now) =>
        _all.Values.Any(one => !one.Report.IsBounded && one.Report.Wants != 0 && now - one.SeenAt < ShareTerms.Lease.Ticks);
}
