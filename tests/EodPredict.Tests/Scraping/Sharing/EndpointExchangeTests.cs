using EodPredict.Scraping.Sharing;
using EodPredict.Tests.Database;

namespace EodPredict.Tests.Scraping.Sharing;

/// <summary>Exchanges over a real PostgreSQL.</summary>
public sealed class EndpointExchangeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    // No such processes are: what is not heard of them for a moment, they are dead.
    private static readonly Participant One = new(-1, 1);
    private static readonly Participant Other = new(-1, 2);

    [Fact]
    public async Task The_first_leads_and_hears_what_the_others_tell()
    {
        var (one, other) = (Of("first", One), Of("first", Other));
        var plan = new SharePlan { Number = 3, From = 12345678901234567, Rate = 0.1 + 0.2, Owners = [0, -1], Members = [new(Other, 4)] };
        Assert.Equal(One, (await AskAsync(one, Telling())).Leader);
        var followed = await AskAsync(other, Telling() with { Attempts = [new(1, 2, 3, 0), new(4, 5, -1, 1)] });
        Assert.Equal((One, 0), (followed.Leader, followed.Others.Count));

        var led = await AskAsync(one, Telling() with { Plan = plan });
        var told = Assert.Single(led.Others);
        Assert.Equal((Other, true, null), (told.Who, told.Lives, told.Report.Wants));
        Assert.Equal([new(1, 2, 3, 0), new(4, 5, -1, 1)], told.Attempts);
        var known = (await AskAsync(other, Telling())).Plan!;
        Assert.Equal(
            (plan.Number, plan.From, plan.Rate, plan.Members[0]), (known.Number, known.From, known.Rate, known.Members[0]));
        Assert.Equal(plan.Owners, known.Owners);
    }

    [Fact]
    public async Task Where_the_one_that_leads_falls_silent_another_does()
    {
        var (one, other) = (Of("silent", One), Of("silent", Other));
        await AskAsync(one, Telling());
        Participant? leader = One;
        while (leader == One)
        {
            leader = (await AskAsync(other, Telling())).Leader;
        }

        Assert.Equal(Other, leader);
        Assert.Equal(Other, (await AskAsync(one, Telling())).Leader);
    }

    [Fact]
    public async Task One_that_leaves_or_resigns_leads_no_longer()
    {
        var (one, other) = (Of("leaving", One), Of("leaving", Other));
        await AskAsync(one, Telling());
        Assert.Null((await AskAsync(one, Telling() with { Resigns = true })).Leader);
        Assert.Equal(Other, (await AskAsync(other, Telling())).Leader);
        await other.LeaveAsync(CancellationToken.None);
        var alone = await AskAsync(one, Telling());
        Assert.Equal((One, 0), (alone.Leader, alone.Others.Count));
    }

    [Fact]
    public async Task Who_has_bounds_does_not_lead_where_another_has_none()
    {
        var (one, other) = (Of("bounded", One), Of("bounded", Other));
        await AskAsync(other, Telling() with { MayLead = false });
        Assert.Null((await AskAsync(one, Telling() with { Report = new() { MaxPace = 5 } })).Leader);
        Assert.Equal(Other, (await AskAsync(other, Telling())).Leader);
    }

    [Fact]
    public async Task News_are_heard_by_all_others()
    {
        var (one, other) = (Of("news", One), Of("news", Other));
        using var end = new CancellationTokenSource();
        var heard = new TaskCompletionSource<ShareNews>();
        var listening = Task.WhenAll(
            one.ListenAsync(_ => heard.TrySetException(new InvalidOperationException("heard itself")), end.Token),
            other.ListenAsync(news => heard.TrySetResult(news), end.Token));
        while (!heard.Task.IsCompleted)
        {
            await AskAsync(one, Telling() with { News = ShareNews.Refused });
        }

        Assert.Equal(ShareNews.Refused, await heard.Task);
        await end.CancelAsync();
        await listening;
    }

    private static ShareRequest Telling() => new(new ShareReport(), [], null, MayLead: true, null, Resigns: false);

    private EndpointExchange Of(string endpoint, Participant who) => new(database.DataSource, endpoint, who, TestTime.Wall);

    private static async Task<ShareAnswer> AskAsync(EndpointExchange exchange, ShareRequest request) =>
        (await exchange.ExchangeAsync(request, CancellationToken.None))!;
}
