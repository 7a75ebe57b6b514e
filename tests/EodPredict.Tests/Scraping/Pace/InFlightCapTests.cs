using EodPredict.Scraping.Pace;

namespace EodPredict.Tests.Scraping.Pace;

public sealed class InFlightCapTests
{
    private readonly InFlightCap _cap = new();

    [Fact]
    public void A_number_at_which_one_was_refused_each_time_is_worth_an_experiment()
    {
        Refuse(6, 7, 6, 6);

        Assert.Equal(6, _cap.Candidate);
        Assert.Equal(double.PositiveInfinity, _cap.Most);
    }

    [Fact]
    public void Numbers_that_differ_are_not()
    {
        Refuse(6, 9, 6, 4);

        Assert.Null(_cap.Candidate);
    }

    [Fact]
    public void A_number_that_was_confirmed_is_kept_until_fewer_are_refused_or_more_admitted()
    {
        Refuse(6, 6, 6, 6);
        _cap.Confirm();
        Assert.Equal(6, _cap.Most);
        Assert.Null(_cap.Candidate);

        Refuse(4, 4, 4, 4);
        Assert.Equal(4, _cap.Candidate);

        _cap.Forget();
        Assert.Equal(double.PositiveInfinity, _cap.Most);
        Assert.Null(_cap.Candidate);
    }

    private void Refuse(params int[] others)
    {
        foreach (var number in others)
        {
            _cap.Refused(number);
        }
    }
}
