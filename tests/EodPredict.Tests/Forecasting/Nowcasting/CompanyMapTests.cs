using EodPredict.Forecasting.Nowcasting;

namespace EodPredict.Tests.Forecasting.Nowcasting;

public sealed class CompanyMapTests
{
    // A and B share a drop that is late together with C; E and F share another drop.
    private static readonly CompanyMap Map = new(
    [
        new(CompanyKind.Batch, "A", "A", 0.9), new(CompanyKind.Batch, "A", "B", 0.9),
        new(CompanyKind.Group, "A", "A", 0.5), new(CompanyKind.Group, "A", "C", 0.5),
        new(CompanyKind.Batch, "E", "E", 0.9), new(CompanyKind.Batch, "E", "F", 0.9),
    ]);

    [Fact]
    public void A_ticker_hears_of_its_batch_of_its_group_and_of_the_batches_in_it()
    {
        Assert.Equal(["A", "B", "C"], Map.With(["B"]).Order());
        Assert.Equal(["D", "E", "F"], Map.With(["D", "F"]).Order());
    }

    [Fact]
    public void Parts_are_cut_only_between_tickers_that_do_not_hear_of_each_other()
    {
        var parts = Map.Parts(["A", "D", "E", "C", "B", "F"], ticker => ticker, 2).ToArray();

        Assert.Equal([["A", "C", "B"], ["D", "E", "F"]], parts);
    }

    [Fact]
    public void Without_company_parts_are_as_long_as_asked_for()
    {
        Assert.Equal([2, 2, 1], CompanyMap.None.Parts(["A", "B", "C", "D", "E"], ticker => ticker, 2).Select(part => part.Count));
    }
}
