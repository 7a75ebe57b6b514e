using EodPredict.Scraping.Pace;

namespace EodPredict.Tests.Scraping.Pace;

public sealed class RefusalPriceTests
{
    [Fact]
    public void The_more_are_refused_the_slower_and_the_more_carefully_it_goes()
    {
        var (few, many) = (After(refusedOf: 1000), After(refusedOf: 50));

        Assert.InRange(few.Margin, 0, 0.001);
        Assert.InRange(many.Margin, 0.02, 1);
        Assert.True(many.Reach(0) < few.Reach(0) / 2, $"{many.Reach(0)} and {few.Reach(0)}");
    }

    [Fact]
    public void While_nothing_is_refused_it_goes_further() =>
        Assert.True(After(1000).Reach(400) > 2 * After(1000).Reach(0));

    [Fact]
    public void What_is_long_past_costs_nothing_any_more()
    {
        var price = After(refusedOf: 50);
        for (var i = 0; i < 5000; i++)
        {
            price.Add(isRefused: false);
        }

        Assert.Equal(1, price.Factor, 2);
    }

    private static RefusalPrice After(int refusedOf)
    {
        var price = new RefusalPrice();
        for (var i = 0; i < 2000; i++)
        {
            price.Add(i % refusedOf == 0);
        }

        return price;
    }
}
