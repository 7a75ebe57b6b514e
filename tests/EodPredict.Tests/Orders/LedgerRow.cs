namespace EodPredict.Tests.Orders;

/// <summary>A row of eod.order_ledger(); the worker is empty for ids that nobody holds.</summary>
internal sealed record LedgerRow(string Worker, long Issued, long Used, long Reserved, long LeasedUnused, long Abandoned)
{
    public bool Balances => Issued == Used + Reserved + LeasedUnused + Abandoned
        && new[] { Issued, Used, Reserved, LeasedUnused, Abandoned }.All(count => count >= 0);
}
