using EodPredict.Scraping.Pace;

namespace EodPredict.Tests.Scraping.Pace;

public sealed class QueueGuardTests
{
    private readonly LatencyWatch _latency = new();
    private readonly QueueGuard _guard;
    private double _now;

    public QueueGuardTests() => _guard = new(_latency);

    [Fact]
    public void A_request_that_is_alone_and_takes_long_is_no_queue()
    {
        Queue();

        Answer(inFlight: 1, latency: 0.02, blocks: 2);

        Assert.True(_guard.Cap > 2 && _latency.Unloaded > 0.015, $"{_guard.Cap} in flight, {_latency.Unloaded} s");
    }

    [Fact]
    public void What_threads_of_this_process_wait_for_each_other_is_no_queue()
    {
        Answer(inFlight: 4, latency: 0.0002, blocks: 3);

        Answer(inFlight: 40, latency: 0.002, blocks: 20, pace: 40_000);

        Assert.False(_guard.Queued);
    }

    [Fact]
    public void One_block_that_was_late_lowers_the_cap_by_a_third_at_most()
    {
        Queue();
        Answer(inFlight: 10, latency: 0.001, blocks: 2);
        var before = _guard.Cap;

        Answer(inFlight: 10, latency: 0.1, blocks: 1);

        Assert.InRange(_guard.Cap, 0.69 * before, before);
    }

    [Fact]
    public void A_single_late_reply_does_not_inflate_a_block()
    {
        Answer(inFlight: 10, latency: 0.001, blocks: 2);
        var (isOver, request) = (false, 0);
        while (!isOver)
        {
            _now += 0.0002;
            isOver = _latency.Add(_now, request++ == 5 ? 0.2 : 0.001, mayRise: true);
        }

        Assert.Equal(0, _latency.Inflated);
    }

    // A server of 1 ms that has 40 in flight where 10 suffice.
    private void Queue()
    {
        Answer(inFlight: 10, latency: 0.001, blocks: 3);
        Answer(inFlight: 40, latency: 0.004, blocks: 4, pace: 20_000);
        Assert.True(_guard.Queued);
    }

    private void Answer(int inFlight, double latency, int blocks, double pace = 10_000)
    {
        while (blocks > 0)
        {
            _now += latency / inFlight;
            if (_latency.Add(_now, latency, mayRise: !_guard.Queued))
            {
                _guard.Watch(pace, pace, 0.95);
                blocks--;
            }
        }
    }
}
