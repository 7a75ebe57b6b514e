namespace EodPredict.Service.Models;

/// <summary>Which model serves after a promotion or a roll-back.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Champion">The version that serves; null: the experts alone.</param>
/// <param name="Changed">Whether this call changed it; false: it was so already.</param>
internal sealed record ModelChange(string Dataset, string? Champion, bool Changed);
