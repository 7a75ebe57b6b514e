using EodPredict.Availability;

namespace EodPredict.Tests.Availability;

public sealed class SignalTrustTests
{
    [Fact]
    public void A_signal_that_is_right_is_trusted_after_three_of_each()
    {
        var trust = Enumerable.Range(0, 4).Aggregate(SignalTrust.None, (known, _) => known.After(true, true).After(false, false));

        Assert.True(trust.IsTrusted);
        Assert.False(SignalTrust.None.After(true, true).After(false, false).IsTrusted);
    }

    [Fact]
    public void Being_asked_instead_of_GETs_does_not_cost_it_its_trust()
    {
        var trust = SignalTrust.None;
        for (var session = 0; session < 500; session++)
        {
            // Three times no before it says yes; one alarm in seventeen sessions is false, as with 2% of all answers.
            trust = session % 17 == 0 ? trust.After(true, false) : trust;
            trust = trust.After(true, true, unjudged: session < 5 ? 0 : 3);
            trust = session < 5 ? trust.After(false, false) : trust;

            Assert.True(session < 6 || trust.IsTrusted);
        }

        Assert.InRange(trust.FalseYes, 0.01, 0.04);
    }

    [Fact]
    public void One_that_starts_to_lie_loses_its_trust()
    {
        var trust = Enumerable.Range(0, 200).Aggregate(SignalTrust.None, (known, _) => known.After(true, true, 2));

        var lying = Enumerable.Range(0, 30).Aggregate(trust, (known, _) => known.After(false, true));

        Assert.True(trust.IsTrusted);
        Assert.False(lying.IsTrusted);
    }
}
