using EodPredict.Database;
using Npgsql;

namespace EodPredict.Service.Doctor;

/// <summary>Whether order ids are safe even from a database that is dropped and made anew.</summary>
internal static class OrderExamination
{
    private const string Subject = "order ids";

    public static async Task<Finding> RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var isMade = await connection.Sql("select to_regprocedure('eod.order_mark_fault()') is not null").FirstAsync<bool>(cancellationToken);
        var fault = isMade ? await connection.Sql("select eod.order_mark_fault()").FirstAsync<string>(cancellationToken) : null;
        return fault is null
            ? Finding.Good(Subject, "none is given out twice")
            : Finding.Note(
                Subject,
                $"if this database is dropped and made anew with its clock set back, they may come again: {fault} "
                + "(docs/orders.md, 'Where the migration may not make roles')");
    }
}
