using Npgsql;

namespace EodPredict.Benchmarks.Orders;

/// <summary>HiLo: a sequence with <c>INCREMENT BY</c>, whose blocks are counted through in the process. Safe for concurrent use.</summary>
internal sealed class HiLoIds(NpgsqlDataSource database)
{
    private const int Block = 1000;

    private readonly Lock _gate = new();
    private long _next;
    private long _end;

    public static string SetUp => $"create sequence if not exists hilo increment by {Block} minvalue {Block}";

    public long Next()
    {
        lock (_gate)
        {
            if (_next == _end)
            {
                using var command = database.CreateCommand("select nextval('hilo')");
                _end = (long)command.ExecuteScalar()!;
                _next = _end - Block;
            }

            return _next++;
        }
    }
}
