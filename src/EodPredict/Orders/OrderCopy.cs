using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace EodPredict.Orders;

/// <summary>
/// A part of a batch in the format of PostgreSQL's binary COPY, for <c>pg_temp.order_staging (order_id, source, client_key, payload)</c>. It
/// is made without the connection, so while the server records the part before. Not safe for concurrent use.
/// </summary>
/// <param name="source">Whose keys these are.</param>
internal sealed class OrderCopy(string source)
{
    private const int MostOrders = 8192;
    private const int EnoughBytes = 4 << 20;
    private const short Columns = 4;
    private const int Null = -1;
    private const byte JsonbVersion = 1;

    private static readonly byte[] Signature = [.. "PGCOPY\n"u8, 0xff, .. "\r\n\0"u8];

    // As Npgsql does: what is no text is an error, not another text.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What is to be sent; valid until the next <see cref="Fill"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Replaces what it holds by the next orders: some thousands, or some megabytes.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Fill(IEnumerator<NewOrder> orders)
    {
        _bytes.ResetWrittenCount();
        _bytes.Write(Signature);
        Write(0L);                                                 // flags, and no extension
        var count = 0;
        while (count < MostOrders && _bytes.WrittenCount < EnoughBytes && orders.MoveNext())
        {
            Add(orders.Current);
            count++;
        }

        Write((short)-1);
        return count > 0;
    }

    private void Add(NewOrder order)
    {
        Write(Columns);
        if (order.OrderId is { } leased)
        {
            Write(sizeof(long));
            Write(leased);
        }
        else
        {
            Write(Null);
        }

        Write(Strict.GetByteCount(source));
        Write(source);
        Write(Strict.GetByteCount(order.ClientKey));
        Write(order.ClientKey);
        Write(1 + Strict.GetByteCount(order.Payload));
        _bytes.Write([JsonbVersion]);
        Write(order.Payload);
    }

    private void Write(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_bytes.GetSpan(sizeof(short)), value);
        _bytes.Advance(sizeof(short));
    }

    private void Write(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(sizeof(int)), value);
        _bytes.Advance(sizeof(int));
    }

    private void Write(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }

    private void Write(string text) => Strict.GetBytes(text, _bytes);
}
