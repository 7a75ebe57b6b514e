using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace EodPredict.Orders;

/// <summary>
/// A part of a batch in the format of PostgreSQL's binary COPY. It is made without the connection, so while the server works on the part
/// before. Not safe for concurrent use.
/// </summary>
/// <param name="source">Whose keys these are.</param>
internal sealed class OrderCopy(string source)
{
    private const int Null = -1;
    private const byte JsonbVersion = 1;

    private static readonly byte[] Signature = [.. "PGCOPY\n"u8, 0xff, .. "\r\n\0"u8];

    // As Npgsql does: what is no text is an error, not another text.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _source = Strict.GetBytes(source);
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The orders of the part.</summary>
    public List<NewOrder> Orders { get; private set; } = [];

    /// <summary>Where they go in the history; null where they are to be staged.</summary>
    public OrderPlaces? Places { get; private set; }

    /// <summary>What is to be sent.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Replaces what it holds.</summary>
    public void Fill(List<NewOrder> orders, OrderPlaces? places)
    {
        (Orders, Places) = (orders, places);
        _bytes.ResetWrittenCount();
        _bytes.Write(Signature);
        Write(0L);                                                 // flags, and no extension
        if (places is null)
        {
            Stage();
        }
        else
        {
            Place(places);
        }

        Write((short)-1);
    }

    // For pg_temp.order_staging (order_id, source, client_key, payload).
    private void Stage()
    {
        foreach (var order in Orders)
        {
            Write((short)4);
            WriteOrNull(order.OrderId);
            WriteOrder(order);
        }
    }

    // For eod.orders (order_id, source, client_key, payload, lease, recorded_by, recorded_at, epoch, transaction_id).
    private void Place(OrderPlaces places)
    {
        var recordedBy = Strict.GetBytes(places.RecordedBy);
        var (newIds, block, lease) = (0, -1L, 0L);
        foreach (var order in Orders)
        {
            var id = order.OrderId ?? places.NewIds[newIds++];
            var isLeased = OrderPlaces.IsLeased(id);
            if (isLeased && OrderPlaces.Block(id) != block)
            {
                block = OrderPlaces.Block(id);
                lease = places.Leases[block];
            }

            Write((short)9);
            WriteOrNull(id);
            WriteOrder(order);
            WriteOrNull(isLeased ? lease : null);
            WriteBytes(recordedBy);
            WriteOrNull(places.RecordedAt);
            WriteOrNull(places.Epoch);
            WriteOrNull(places.TransactionId);
        }
    }

    private void WriteOrder(NewOrder order)
    {
        WriteBytes(_source);
        WriteText([], order.ClientKey);
        WriteText([JsonbVersion], order.Payload);
    }

    private void WriteOrNull(long? value)
    {
        Write(value is null ? Null : sizeof(long));
        if (value is { } number)
        {
            Write(number);
        }
    }

    private void WriteBytes(byte[] value)
    {
        Write(value.Length);
        _bytes.Write(value);
    }

    private void WriteText(ReadOnlySpan<byte> before, string text)
    {
        // The length goes in front of it, and is known when the text is there.
        var room = _bytes.GetSpan(sizeof(int) + before.Length + Strict.GetMaxByteCount(text.Length));
        before.CopyTo(room[sizeof(int)..]);
        var length = before.Length + Strict.GetBytes(text, room[(sizeof(int) + before.Length)..]);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        _bytes.Advance(sizeof(int) + length);
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
}
