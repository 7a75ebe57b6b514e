using EodPredict.Forecasting.Nowcasting;

namespace EodPredict.Tests.Forecasting.Nowcasting;

public sealed class CompanyLooksTests
{
    private static readonly DateOnly FirstDay = new(2024, 1, 1);

    [Fact]
    public void It_is_looked_after_30_45_60_and_then_every_30_dates()
    {
        var (looks, at) = (CompanyLooks.None, new List<int>());
        for (var day = 0; day < 130; day++)
        {
            // A date counts once, however many sessions of it open, and an earlier one not at all.
            looks = looks.Opening(FirstDay.AddDays(day)).Opening(FirstDay.AddDays(day)).Opening(FirstDay);
            if (looks.IsDue)
            {
                at.Add(looks.Dates);
                looks = looks.Done();
            }
        }

        Assert.Equal([31, 46, 61, 91, 121], at);
    }

    [Fact]
    public void A_long_history_is_looked_at_once()
    {
        var looks = CompanyLooks.None with { Dates = 250 };

        Assert.True(looks.IsDue);
        Assert.False(looks.Done().IsDue);
    }
}
