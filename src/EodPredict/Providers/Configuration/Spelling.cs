namespace EodPredict.Providers.Configuration;

/// <summary>Guesses what was meant by a word that is not known.</summary>
internal static class Spelling
{
    /// <summary>" Did you mean 'X'?", or nothing where no known word is near.</summary>
    public static string DidYouMean(string word, IEnumerable<string> known)
    {
        var nearest = known.Select(candidate => (candidate, distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .OrderBy(pair => pair.distance).FirstOrDefault();
        var farthest = word.Length < 4 ? 1 : Math.Max(2, word.Length / 3);
        return nearest.candidate is not null && nearest.distance <= farthest ? $" Did you mean '{nearest.candidate}'?" : "";
    }

    // Levenshtein's distance.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
