using EodPredict.Scraping.Sharing;
using FsCheck.Xunit;

namespace EodPredict.Tests.Scraping.Sharing;

public sealed class FairSharesTests
{
    [Property]
    public bool Shares_never_exceed_the_whole_nor_what_is_wanted(byte whole, byte?[] wants)
    {
        var wanted = Wants(wants);
        var shares = FairShares.Divide(whole, wanted);
        return shares.Sum() <= whole + 1e-9 && shares.Zip(wanted).All(one => one.First >= 0 && one.First <= one.Second);
    }

    [Property]
    public bool Who_has_less_than_another_has_all_that_it_wants(byte whole, byte?[] wants)
    {
        var wanted = Wants(wants);
        var shares = FairShares.Divide(whole, wanted);
        return shares.Zip(wanted).All(one => one.First >= one.Second - 1e-9 || shares.All(other => other <= one.First + 1e-9));
    }

    [Property]
    public bool Nothing_is_left_while_somebody_wants_more(byte whole, byte?[] wants)
    {
        var wanted = Wants(wants);
        var shares = FairShares.Divide(whole, wanted);
        return shares.Zip(wanted).All(one => one.First >= one.Second - 1e-9) || Math.Abs(shares.Sum() - whole) < 1e-6;
    }

    [Property]
    public bool Whoever_has_a_share_has_slots_in_proportion(byte whole, byte?[] wants)
    {
        var shares = FairShares.Divide(whole + 1, Wants(wants));
        var owners = FairShares.Pattern(whole + 1, shares);
        return shares.Index().All(one => (one.Item > 0) == owners.Contains(one.Index))
            && shares.Index().All(one =>
                Math.Abs(owners.Count(owner => owner == one.Index) - (owners.Length * one.Item / (whole + 1))) <= 2);
    }

    [Property]
    public bool Seats_never_exceed_what_may_be_in_flight(byte whole, byte?[] wants, ushort turn)
    {
        var shares = FairShares.Divide(1000, Wants(wants));
        var seats = FairShares.Seats(whole, shares, turn);
        var sharing = shares.Count(share => share > 0);
        return seats.Sum() <= whole && (sharing == 0 || seats.Sum() == whole)
            && seats.Zip(shares).All(one => one.Second > 0 || one.First == 0)
            && (whole < sharing || seats.Zip(shares).All(one => one.Second <= 0 || one.First > 0));
    }

    [Fact]
    public void In_turn_all_have_a_seat_where_there_are_fewer_than_participants() =>
        Assert.Equal(
            [true, true, true],
            Enumerable.Range(0, 3).Select(turn => FairShares.Seats(1, [5, 5, 5], turn))
                .Aggregate(new bool[3], (had, seats) => [.. had.Zip(seats).Select(one => one.First || one.Second > 0)]));

    private static double[] Wants(byte?[] wants) => [.. wants.Select(want => want ?? double.PositiveInfinity)];
}
