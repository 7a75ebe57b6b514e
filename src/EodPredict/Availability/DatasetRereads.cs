using EodPredict.Providers;

namespace EodPredict.Availability;

/// <summary>When found data is read again, for revisions.</summary>
internal static class DatasetRereads
{
    /// <summary>The first configured reading after <paramref name="now"/>; null where all have been.</summary>
    public static DateTimeOffset? NextReread(this Dataset dataset, DateTimeOffset foundAt, DateTimeOffset now) =>
        dataset.RereadAfter.Select(after => (DateTimeOffset?)(foundAt + after)).FirstOrDefault(at => at > now);
}
