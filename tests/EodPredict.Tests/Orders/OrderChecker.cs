namespace EodPredict.Tests.Orders;

/// <summary>Holds what the world was told against what the database kept.</summary>
internal static class OrderChecker
{
    /// <param name="acknowledged">Each reply that a script had: the key it sent and the id it got.</param>
    /// <param name="recorded">What is recorded now.</param>
    /// <param name="ledger">What the database says became of its ids.</param>
    /// <returns>One line a fault.</returns>
    public static List<string> Faults(
        IReadOnlyCollection<(string Key, long Id)> acknowledged, IReadOnlyCollection<(string Key, long Id)> recorded, IEnumerable<LedgerRow> ledger)
    {
        var kept = recorded.ToHashSet();
        return
        [
            .. acknowledged.Distinct().Where(order => !kept.Contains(order)).Select(order => $"lost: {order.Key} was acknowledged as {order.Id}"),
            .. acknowledged.Concat(recorded).Distinct().GroupBy(order => order.Key).Where(key => key.Count() > 1)
                .Select(key => $"two ids: {key.Key} is {string.Join(" and ", key.Select(order => order.Id))}"),
            .. acknowledged.Concat(recorded).Distinct().GroupBy(order => order.Id).Where(id => id.Count() > 1)
                .Select(id => $"one id twice: {id.Key} is {string.Join(" and ", id.Select(order => order.Key))}"),
            .. ledger.Where(row => !row.Balances).Select(row => $"accounting: {row}"),
            .. ledger.Sum(row => row.Used) == recorded.Count ? [] : new[] { $"accounting: {recorded.Count} orders, {ledger.Sum(row => row.Used)} used" },
        ];
    }
}
