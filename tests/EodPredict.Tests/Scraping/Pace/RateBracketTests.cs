using EodPredict.Scraping.Pace;

namespace EodPredict.Tests.Scraping.Pace;

public sealed class RateBracketTests
{
    [Fact]
    public void Two_exhaustions_at_a_steady_pace_bound_the_rate_on_both_sides()
    {
        var bracket = new RateBracket();

        bracket.Add(new(0, 100, null, false, 51, 51), 1.5);
        bracket.Add(new(20, 1100, null, false, 51, 51), 1.5);

        Assert.InRange(bracket.Low, 49.5, 50);
        Assert.InRange(bracket.High, 50, 50.5);
    }

    [Fact]
    public void A_test_bounds_the_rate_from_below_only()
    {
        var bracket = new RateBracket();

        bracket.Add(new(0, 100, null, false, 40, 40), 1.5);
        bracket.Add(new(20, 900, 2, false, 40, 60), 1.5);

        Assert.InRange(bracket.Low, 39.5, 40);
        Assert.InRange(bracket.High, 44, 45);
    }

    [Fact]
    public void Instants_that_contradict_the_newest_are_given_up()
    {
        var bracket = new RateBracket();
        bracket.Add(new(0, 0, null, false, 81, 81), 1.5);
        bracket.Add(new(20, 1600, null, false, 81, 81), 1.5);

        Assert.True(bracket.Add(new(40, 2000, null, false, 21, 21), 1.5));
        Assert.InRange(bracket.High, 20, 21);
    }

    [Fact]
    public void What_was_borne_since_raises_the_lower_bound()
    {
        var bracket = new RateBracket();
        bracket.Add(new(0, 0, null, false, 60, 60), 1.5);

        bracket.Pass(10, 500, 1.5);

        Assert.Equal(49.85, bracket.Low, 6);
    }
}
