using EodPredict.Scraping.Pace;

namespace EodPredict.Tests.Scraping.Pace;

public sealed class RecoveryFeelersTests
{
    [Fact]
    public void They_come_ever_more_rarely()
    {
        var feelers = new RecoveryFeelers();
        feelers.Begin();
        var gaps = new List<double>();
        for (var now = 0.1; now < 60; now = feelers.Due)
        {
            feelers.Plan(now, 0, 0.1, boundary: null, outage: false);
            gaps.Add(feelers.Due - now);
        }

        Assert.InRange(gaps.Count, 8, 20);
        Assert.True(gaps[^1] > 10);
    }

    [Fact]
    public void Retry_After_is_not_believed_for_ever()
    {
        var feelers = new RecoveryFeelers();
        feelers.Begin();
        feelers.Asked(3600);

        feelers.Plan(0.1, 0, 0.1, boundary: null, outage: false);

        Assert.InRange(feelers.Due, 0.1, 1);
    }

    [Fact]
    public void Retry_After_that_proved_true_is_kept_to()
    {
        var feelers = new RecoveryFeelers();
        feelers.Begin();
        feelers.Asked(10);
        feelers.Recovered(10.5, 0);

        feelers.Begin();
        feelers.Asked(112);
        feelers.Plan(100.1, 100, 0.1, boundary: null, outage: false);

        Assert.Equal(112, feelers.Due, 6);
    }

    [Fact]
    public void Retry_After_that_proved_false_is_believed_no_more()
    {
        var feelers = new RecoveryFeelers();
        feelers.Begin();
        feelers.Asked(10);
        feelers.Recovered(10.5, 0);
        feelers.Asked(60);
        feelers.Recovered(21, 20);

        feelers.Asked(112);
        feelers.Plan(100.1, 100, 0.1, boundary: null, outage: false);

        Assert.InRange(feelers.Due, 100.1, 101);
    }
}
