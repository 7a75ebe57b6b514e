using EodPredict.Forecasting;

namespace EodPredict.Tests.Forecasting;

public sealed class MovingLevelsTests
{
    private static readonly ArrivalLaw Prior = ArrivalPrior.Unknown(ArrivalLaw.DefaultHorizon);
    private static readonly DateOnly FirstDay = new(2024, 1, 8);

    [Fact]
    public void The_level_is_where_arrivals_stand_lately()
    {
        Assert.All(Levels([.. Enumerable.Repeat(200.0, 30)]), level => Assert.Equal(200, level, 1.0));
    }

    [Fact]
    public void A_late_day_hardly_moves_it()
    {
        Assert.All(Levels([.. Enumerable.Repeat(200.0, 30), 900]), level => Assert.Equal(200, level, 1.0));
    }

    [Fact]
    public void A_step_moves_it_within_its_half_life()
    {
        Assert.All(Levels([.. Enumerable.Repeat(200.0, 30), .. Enumerable.Repeat(500.0, 11)]), level => Assert.Equal(500, level, 1.0));
    }

    [Fact]
    public void Nothing_seen_is_level_zero()
    {
        Assert.All(Levels([]), level => Assert.Equal(0, level));
    }

    [Fact]
    public void A_clock_that_was_put_forward_moves_the_level_on_that_clock_alone()
    {
        // The European clock goes forward on 31 March 2024: a job at a fixed European hour comes an hour earlier after a UTC close.
        var levels = Levels([.. Enumerable.Repeat(200.0, 30)], new DateOnly(2024, 3, 2));

        var (close, utc, europe) = (levels[0], levels[1], levels[2]);
        Assert.Equal(200, close, 1.0);
        Assert.Equal(200, utc, 1.0);
        Assert.Equal(140, europe, 1.0);
    }

    private static double[] Levels(double[] minutes, DateOnly? first = null)
    {
        var start = first ?? FirstDay;
        var past = minutes.Select((at, i) => new RememberedArrival(
            new PastArrival(start.AddDays(i), Close(start.AddDays(i)), Around(at)), Prior, [])).ToArray();
        var levels = new double[MovingLevels.Count * VendorClocks.Count];
        MovingLevels.Fill(past, Close(start.AddDays(minutes.Length)), ArrivalLaw.DefaultHorizon, levels);
        return levels;
    }

    private static ArrivalInterval Around(double minutes) => new(TimeSpan.FromMinutes(minutes - 0.5), TimeSpan.FromMinutes(minutes + 0.5));

    private static DateTimeOffset Close(DateOnly date) => new(date, new TimeOnly(20, 0), TimeSpan.Zero);
}
