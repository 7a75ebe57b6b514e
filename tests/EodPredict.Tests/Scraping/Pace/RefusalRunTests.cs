using EodPredict.Scraping.Pace;

namespace EodPredict.Tests.Scraping.Pace;

public sealed class RefusalRunTests
{
    private readonly RefusalRun _run = new();

    [Fact]
    public void Refusals_close_to_each_other_hold_the_pace_to_what_was_admitted_between_them()
    {
        _run.Add(10, 100, rate: 50, isKnown: true, isProvoked: false);
        Assert.Equal(double.PositiveInfinity, _run.Most(100));

        _run.Add(10.2, 105, rate: 50, isKnown: true, isProvoked: false);
        _run.Add(10.4, 110, rate: 50, isKnown: true, isProvoked: false);

        Assert.Equal(25, _run.Most(110), 6);
    }

    [Fact]
    public void Where_nothing_was_admitted_between_them_they_tell_nothing()
    {
        _run.Add(10, 100, rate: 50, isKnown: true, isProvoked: false);
        _run.Add(10.1, 100, rate: 50, isKnown: true, isProvoked: false);

        Assert.Equal(double.PositiveInfinity, _run.Most(100));
    }

    [Fact]
    public void While_the_limit_is_not_known_a_run_lowers_the_pace_once_only()
    {
        _run.Add(10, 100, rate: 50, isKnown: true, isProvoked: false);
        _run.Add(12, 103, rate: 50, isKnown: true, isProvoked: false);
        _run.Add(14, 106, rate: 20, isKnown: false, isProvoked: false);

        Assert.Equal(20, _run.Most(106), 6);
    }

    [Fact]
    public void It_is_over_after_some_requests_that_were_admitted()
    {
        _run.Add(10, 100, rate: 50, isKnown: true, isProvoked: false);
        _run.Add(10.2, 105, rate: 50, isKnown: true, isProvoked: false);

        Assert.Equal(double.PositiveInfinity, _run.Most(125));
    }

    [Theory]
    [InlineData(40, false)]
    [InlineData(5, true)]
    public void Refusals_far_apart_and_those_of_tests_are_no_run(int admitted, bool isProvoked)
    {
        _run.Add(10, 100, rate: 50, isKnown: true, isProvoked);
        _run.Add(11, 100 + admitted, rate: 50, isKnown: true, isProvoked: false);

        Assert.Equal(double.PositiveInfinity, _run.Most(100 + admitted));
    }
}
