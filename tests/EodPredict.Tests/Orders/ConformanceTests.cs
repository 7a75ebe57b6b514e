namespace EodPredict.Tests.Orders;

/// <summary>The product passes its suite with either authority, and the suite catches every one of eight allocators that are known to be bad.</summary>
public sealed class ConformanceTests(ConformanceServer server) : IClassFixture<ConformanceServer>
{
    public static TheoryData<int> Good => [.. Enumerable.Range(0, IdScheme.Good.Count)];

    public static TheoryData<int> Bad => [.. Enumerable.Range(0, IdScheme.Bad.Count)];

    [Theory]
    [MemberData(nameof(Good))]
    public async Task Each_authority_gives_out_no_id_twice(int scheme) =>
        (await server.Suite.RunAsync(IdScheme.Good[scheme])).AssertNoneTwice();

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_allocator_is_caught(int scheme)
    {
        var seen = await server.Suite.RunAsync(IdScheme.Bad[scheme]);
        Assert.True(seen.Duplicates.Count > 0, $"{IdScheme.Bad[scheme].Name} was not caught");
    }
}
