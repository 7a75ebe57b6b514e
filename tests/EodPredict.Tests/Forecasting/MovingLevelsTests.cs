using EodPredict.Forecasting;

namespace EodPredict.Tests.Forecasting;

public sealed class MovingLevelsTests
{
    private static readonly ArrivalLaw Prior = ArrivalPrior.Unknown(ArrivalLaw.DefaultHorizon);
    private static readonly DateOnly FirstDay = new(2024, 1, 8);

    // No clock changes in the weeks that follow.
    private static readonly DateOnly Summer = new(2024, 5, 6);

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

    [Fact]
    public void The_shape_of_the_week_is_in_the_level_of_each_day()
    {
        // Fridays come an hour earlier, and everything a minute later each day; the next day is a Friday, then a Saturday.
        static double At(int day) => 200 + day - (Summer.AddDays(day).DayOfWeek == DayOfWeek.Friday ? 60 : 0);

        var (friday, saturday) = (Levels([.. Enumerable.Range(0, 67).Select(At)], Summer), Levels([.. Enumerable.Range(0, 68).Select(At)], Summer));

        Assert.All(friday[^VendorClocks.Count..], level => Assert.Equal(At(67), level, 15.0));
        Assert.All(saturday[^VendorClocks.Count..], level => Assert.Equal(At(68), level, 15.0));
    }

    [Fact]
    public void Scatter_is_not_taken_for_the_shape_of_the_week()
    {
        var random = new Random(3);

        var levels = Levels([.. Enumerable.Range(0, 70).Select(_ => 200 + (40 * random.NextDouble()))], Summer);

        Assert.All(levels, level => Assert.Equal(220, level, 12.0));
    }

    private static double[] Levels(double[] minutes, DateOnly? first = null)
    {
        var start = first ?? FirstDay;
        var past = new List<RememberedArrival>();
        var levels = new double[MovingLevels.Room];
        for (var date = start; ; date = date.AddDays(1))
        {
            MovingLevels.Fill(past, date, Close(date), ArrivalLaw.DefaultHorizon, levels);
            if (past.Count == minutes.Length)
            {
                return levels[..^VendorClocks.Count];
            }

            past.Add(new RememberedArrival(
                new PastArrival(date, Close(date), Around(minutes[past.Count])), Prior, past.Count == 0 ? [] : levels));
        }
    }

    private static ArrivalInterval Around(double minutes) => new(TimeSpan.FromMinutes(minutes - 0.5), TimeSpan.FromMinutes(minutes + 0.5));

    private static DateTimeOffset Close(DateOnly date) => new(date, new TimeOnly(20, 0), TimeSpan.Zero);
}
