namespace EodPredict.Scraping.Sharing;

/// <summary>Divides a pace, its slots and what may be in flight.</summary>
internal static class FairShares
{
    private const int LeastPattern = 64;

    /// <summary>Max-min fair shares: each what it wants, and those that want more as much as each other.</summary>
    /// <param name="whole">What there is; 0 or more.</param>
    /// <param name="wants">What each wants; 0 or more, may be infinite.</param>
    public static double[] Divide(double whole, IReadOnlyList<double> wants)
    {
        var shares = new double[wants.Count];
        var left = whole;
        var some = wants.Count;
        foreach (var place in Enumerable.Range(0, wants.Count).OrderBy(place => wants[place]))
        {
            shares[place] = Math.Min(wants[place], left / some--);
            left -= shares[place];
        }

        return shares;
    }

    /// <summary>Deals slots out in proportion, as evenly as can be: the one whose turn is longest overdue is next.</summary>
    /// <param name="whole">What all slots are worth; above 0.</param>
    /// <param name="shares">What each has of it; together at most the whole.</param>
    /// <returns>Each slot's owner; -1 for nobody. Whoever has a share has a slot.</returns>
    public static int[] Pattern(double whole, IReadOnlyList<double> shares)
    {
        var sharing = Enumerable.Range(0, shares.Count).Where(place => shares[place] > 0).ToArray();
        if (sharing.Length == 0)
        {
            return [];
        }

        if (sharing.All(place => shares[place] * sharing.Length > 0.999 * whole))
        {
            return sharing;
        }

        var weights = shares.Append(Math.Max(0, whole - shares.Sum())).Select(share => share / whole).ToArray();
        var due = new double[weights.Length];
        var owners = new int[Math.Max(LeastPattern, 4 * shares.Count)];
        for (var slot = 0; slot < owners.Length; slot++)
        {
            for (var place = 0; place < due.Length; place++)
            {
                due[place] += weights[place];
            }

            var next = Array.IndexOf(due, due.Max());
            due[next]--;
            owners[slot] = next == shares.Count ? -1 : next;
        }

        foreach (var place in sharing.Where(place => !owners.Contains(place)))
        {
            var richest = owners.CountBy(owner => owner).MaxBy(count => count.Value).Key;
            owners[Array.IndexOf(owners, richest)] = place;
        }

        return owners;
    }

    /// <summary>Divides what may be in flight: whole requests, in proportion, the rest in turn; where there are fewer than participants,
    /// some have none for a turn.</summary>
    /// <param name="whole">What may be in flight; 0 or more.</param>
    /// <param name="shares">What each has of the pace.</param>
    /// <param name="turn">Whose turn it is; 0 or more.</param>
    public static int[] Seats(int whole, IReadOnlyList<double> shares, long turn)
    {
        var sharing = Enumerable.Range(0, shares.Count).Where(place => shares[place] > 0).ToArray();
        var seats = new int[shares.Count];
        if (sharing.Length == 0)
        {
            return seats;
        }

        var first = whole >= sharing.Length ? 1 : 0;
        var (sum, rest) = (shares.Sum(), whole - (first * sharing.Length));
        foreach (var place in sharing)
        {
            seats[place] = first + (int)(rest * shares[place] / sum);
        }

        var left = whole - seats.Sum();
        for (var i = 0; i < left; i++)
        {
            seats[sharing[(int)((turn + i) % sharing.Length)]]++;
        }

        return seats;
    }
}
