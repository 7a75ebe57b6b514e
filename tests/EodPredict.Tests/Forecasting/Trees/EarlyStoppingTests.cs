using EodPredict.Forecasting.Trees;

namespace EodPredict.Tests.Forecasting.Trees;

public sealed class EarlyStoppingTests
{
    [Fact]
    public void It_stops_after_its_patience_and_keeps_the_best()
    {
        var stopping = new EarlyStopping(patience: 3);
        double[] losses = [5, 4, 4, 4.5, 3, 3.1, 3.2];
        Assert.All(losses, loss => Assert.False(stopping.IsDoneAfter(loss)));
        Assert.True(stopping.IsDoneAfter(3));
        Assert.Equal(5, stopping.Best);
    }

    [Fact]
    public void Losses_that_are_no_numbers_stop_it_too()
    {
        var stopping = new EarlyStopping(patience: 2);
        Assert.False(stopping.IsDoneAfter(double.NaN));
        Assert.False(stopping.IsDoneAfter(double.NaN));
        Assert.True(stopping.IsDoneAfter(double.NaN));
        Assert.Equal(1, stopping.Best);
    }
}
