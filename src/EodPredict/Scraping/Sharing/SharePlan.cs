using System.Text.Json.Serialization;

namespace EodPredict.Scraping.Sharing;

/// <summary>
/// Who may send when: slots at even distances from an instant on, dealt out by a pattern that repeats. No slot has two owners, so that the
/// shares together never exceed the pace. Instants by the database's clock, as ticks since the Unix epoch. Immutable.
/// </summary>
internal sealed record SharePlan
{
    private const double SlotsOfTouch = 2;

    /// <summary>Which plan of the endpoint it is; each is greater than the one before.</summary>
    public long Number { get; init; }

    /// <summary>Congestion epochs that the endpoint has had.</summary>
    public long Epoch { get; init; }

    /// <summary>Until when the plan before holds.</summary>
    public long Begins { get; init; }

    /// <summary>The first slot.</summary>
    public long From { get; init; }

    /// <summary>Seconds between slots; above 0.</summary>
    public double Spacing { get; init; } = 1;

    /// <summary>Those with a share.</summary>
    public IReadOnlyList<ShareMember> Members { get; init; } = [];

    /// <summary>
    /// The owner of each slot of the pattern, by its place in <see cref="Members"/>; -1 for nobody. Empty: nobody may send.
    /// </summary>
    public IReadOnlyList<int> Owners { get; init; } = [];

    /// <summary>The limit's estimate, in requests per second; 0 while unknown.</summary>
    public double Rate { get; init; }

    /// <summary>Requests per second that the limit exceeds.</summary>
    public double Low { get; init; }

    /// <summary>Requests per second that exceed the limit; null while unknown.</summary>
    public double? High { get; init; }

    /// <summary>What a participant may have in flight; 0 for one without a share.</summary>
    public int InFlightOf(Participant who) => Members.FirstOrDefault(member => member.Who == who)?.InFlight ?? 0;

    /// <summary>How long a touch of the limit stops everybody, in ticks.</summary>
    public long Rest => Owners.Count == 0 ? 0 : (long)(SlotsOfTouch * Spacing * TimeSpan.TicksPerSecond);

    /// <summary>A participant's requests per second.</summary>
    public double PaceOf(Participant who)
    {
        var place = PlaceOf(who);
        return place < 0 ? 0 : Owners.Count(owner => owner == place) / (Owners.Count * Spacing);
    }

    /// <summary>The first slot of a participant after an instant; null where it has none.</summary>
    public long? SlotAfter(Participant who, long at)
    {
        var place = PlaceOf(who);
        if (place < 0 || !Owners.Contains(place))
        {
            return null;
        }

        for (var slot = FirstAfter(at); ; slot++)
        {
            if (Owners[(int)(slot % Owners.Count)] == place)
            {
                return TimeOf(slot);
            }
        }
    }

    /// <summary>The slots of all but one participant after an instant and up to another.</summary>
    public IEnumerable<long> SlotsOfOthers(Participant who, long after, long until)
    {
        var place = PlaceOf(who);
        if (Owners.All(owner => owner == place || owner < 0))
        {
            yield break;
        }

        for (var slot = FirstAfter(after); TimeOf(slot) <= until; slot++)
        {
            if (Owners[(int)(slot % Owners.Count)] is var owner && owner != place && owner >= 0)
            {
                yield return TimeOf(slot);
            }
        }
    }

    [JsonIgnore]
    public IEnumerable<Participant> Participants => Members.Select(member => member.Who);

    /// <summary>The first slot after an instant, and whose turn in the pattern it is.</summary>
    public (long At, int Turn) NextSlot(long at)
    {
        var slot = FirstAfter(at);
        return (TimeOf(slot), (int)(slot % Owners.Count));
    }

    private int PlaceOf(Participant who)
    {
        for (var place = 0; place < Members.Count; place++)
        {
            if (Members[place].Who == who)
            {
                return place;
            }
        }

        return -1;
    }

    private long TimeOf(long slot) => From + (long)(slot * Spacing * TimeSpan.TicksPerSecond);

    private long FirstAfter(long at)
    {
        var slot = at < From ? 0 : (long)((at - From) / (Spacing * TimeSpan.TicksPerSecond));
        while (TimeOf(slot) <= at)
        {
            slot++;
        }

        return slot;
    }
}
