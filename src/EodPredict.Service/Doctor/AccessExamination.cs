using EodPredict.Database;
using EodPredict.Service.Access;
using Npgsql;

namespace EodPredict.Service.Doctor;

/// <summary>Who gets in.</summary>
internal static class AccessExamination
{
    private const string Subject = "access";

    public static async Task<Finding> RunAsync(NpgsqlConnection connection, AccessReach reach, CancellationToken cancellationToken)
    {
        var isMade = await connection.Sql("select to_regclass('eod.access_key') is not null").FirstAsync<bool>(cancellationToken);
        var (all, hold) = isMade
            ? (await connection.Sql("select count(*), count(*) filter (where revoked_at is null) from eod.access_key")
                .ListAsync(row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken)).Single()
            : (0, 0);
        return (reach.Reason, hold) switch
        {
            ({ } reason, 0) => Finding.Bad(Subject, $"{reason}{AccessReach.WithoutKeys}"),
            (null, 0) when all == 0 => Finding.Good(Subject, "from this machine only, and nobody there needs a key"),
            (_, 0) => Finding.Note(Subject, "all keys are revoked, so nobody gets in: make one with 'eod keys create'"),
            ({ } reason, _) => Finding.Good(Subject, $"{hold} keys; {reason}"),
            _ => Finding.Good(Subject, $"{hold} keys; from this machine only"),
        };
    }
}
