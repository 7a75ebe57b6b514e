namespace EodPredict.Replay.Vendor;

/// <summary>
/// Draws that depend on the seed and on what they are for alone, so that the order in which requests come in changes none of them.
/// FNV-1a over the purpose, finished as SplitMix64 does.
/// </summary>
internal readonly record struct SeededChance(int Seed)
{
    /// <summary>Uniform in [0, 1).</summary>
    public double Draw(string purpose, string subject, long number = 0) => (Bits(purpose, subject, number) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double DrawNormal(string purpose, string subject, long number = 0)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Draw(purpose, subject, number)));
        return radius * Math.Cos(2 * Math.PI * Draw(purpose, subject, ~number));
    }

    private ulong Bits(string purpose, string subject, long number)
    {
        var hash = 14695981039346656037UL;
        foreach (var text in (ReadOnlySpan<string>)[purpose, subject])
        {
            foreach (var character in text)
            {
                hash = (hash ^ character) * 1099511628211UL;
            }

            hash = (hash ^ 0xFFFF) * 1099511628211UL;
        }

        hash ^= Finish((ulong)number + ((ulong)(uint)Seed << 32));
        return Finish(hash);
    }

    private static ulong Finish(ulong bits)
    {
        bits += 0x9E3779B97F4A7C15UL;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
        return bits ^ (bits >> 31);
    }
}
