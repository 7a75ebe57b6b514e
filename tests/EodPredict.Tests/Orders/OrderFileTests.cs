using EodPredict.Orders;

namespace EodPredict.Tests.Orders;

public sealed class OrderFileTests
{
    [Fact]
    public void Columns_beside_the_key_become_the_payload() =>
        Assert.Equal(
            [new NewOrder("a", """{"side":"buy","price":"1.50"}"""), new NewOrder("b", """{"side":"sell, short","price":""}""")],
            Read("side,client_key,price\nbuy,a,1.50\n\"sell, short\",b,\n"));

    [Fact]
    public void A_payload_is_taken_as_it_is_and_a_leased_id_with_it() =>
        Assert.Equal(
            [new NewOrder("a", """{"price": 1.5}""", 77), new NewOrder("b", "[1]")],
            Read("client_key,order_id,payload\na,77,\"{\"\"price\"\": 1.5}\"\nb,,[1]\n"));

    [Theory]
    [InlineData("", "client_key among them")]
    [InlineData("key,price\na,1\n", "client_key among them")]
    [InlineData("client_key,payload\na,{}\n,{}\n", "file, line 3: client_key is empty")]
    [InlineData("client_key,payload\na,nonsense\n", "file, line 2: payload is no JSON")]
    [InlineData("client_key,order_id\na,1e3\n", "file, line 2: order_id '1e3'")]
    public void A_fault_names_its_line(string text, string says) =>
        Assert.Contains(says, Assert.Throws<OrderFileException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static List<NewOrder> Read(string text)
    {
        using var reader = new StringReader(text);
        return [.. new OrderFile(reader, "file").Orders()];
    }
}
