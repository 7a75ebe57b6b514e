using System.Transactions;

namespace EodPredict.Hangfire;

/// <summary>
/// An ambient transaction, which Hangfire's storage joins as well: a plan and the Hangfire job that carries it become visible together.
/// Only one connection may be open in it at a time. It belongs to its thread, so nothing in it may be awaited.
/// </summary>
internal static class OneTransaction
{
    public static TransactionScope Begin() => new(
        TransactionScopeOption.RequiresNew,
        new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted, Timeout = TimeSpan.FromMinutes(1) });
}
