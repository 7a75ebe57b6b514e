namespace EodPredict.Scraping.Pace;

/// <summary>
/// Holds what is in flight to what the unloaded server would have, and a little, where latency grows while no more comes out: there the
/// server queues, and more in flight buys nothing. More is tried now and then, for the server may have become slower by itself. Times in
/// seconds. Not thread-safe.
/// </summary>
internal sealed class QueueGuard(LatencyWatch latency)
{
    private const int BlocksToBelieve = 3;
    private const int BlocksToConfirm = 6;
    private const int BlocksToTry = 11;
    private const int BlocksTried = 16;
    private const double MoreInFlight = 1.25;
    private const double WorthIt = 1.13;
    private const double Slack = 1.08;

    // One after another, requests do not queue behind each other.
    private const double FewestQueued = 1;
    private const double FewQueued = 1.5;

    // One block in which the machine was busy with something else says little.
    private const double MostFall = 0.7;

    private int _lagging;
    private int _blocks;
    private double _sum;
    private int _count;
    private double _atEntry;
    private double _rateBefore;
    private double _capBefore;
    private double _servedBefore;

    /// <summary>Whether the server queues.</summary>
    public bool Queued { get; private set; }

    /// <summary>The most to have in flight; infinite where the server does not queue.</summary>
    public double Cap { get; private set; } = double.PositiveInfinity;

    /// <summary>The pace to keep while the server queues: just too fast, so that what is in flight decides.</summary>
    public double Rate { get; private set; }

    /// <summary>A refusal came: the server does not queue for ever.</summary>
    public void Leave() => (Queued, Cap) = (false, double.PositiveInfinity);

    /// <summary>A block of latencies is complete.</summary>
    /// <param name="pace">Requests sent per second.</param>
    /// <param name="rate">The rate to return to where it was no queue.</param>
    /// <param name="enough">The share of the pace that must come out of a server that does not queue.</param>
    public void Watch(double pace, double rate, double enough)
    {
        var served = latency.Throughput;
        if (!Queued)
        {
            var inFlight = served * latency.Recent;
            _lagging = latency.Inflated >= 1 && served < enough * pace && inFlight > FewestQueued ? _lagging + 1 : 0;
            if (_lagging >= BlocksToBelieve)
            {
                Enter(served, rate);
            }

            return;
        }

        _blocks++;
        if (_blocks == BlocksToConfirm && _atEntry > 0 && !Confirmed())
        {
            return;
        }

        if (_blocks == BlocksToTry)
        {
            (_servedBefore, _capBefore) = (_sum / Math.Max(1, _count), Cap);
            Cap *= MoreInFlight;
            Rate = Math.Max(Rate, 1.4 * _servedBefore);
            (_sum, _count) = (0, 0);
        }
        else if (_blocks == BlocksTried)
        {
            Tried();
        }
        else
        {
            _sum += served;
            _count++;
            if (_blocks < BlocksToTry)
            {
                Hold(served);
            }
        }
    }

    private void Enter(double served, double rate)
    {
        (Queued, _lagging, _blocks, _sum, _count) = (true, 0, 0, 0, 0);
        (_atEntry, _rateBefore) = (served, Math.Max(rate, served));
        Cap = 1;
        Hold(served);
    }

    // With less in flight as much must come out, or it was no queue.
    private bool Confirmed()
    {
        var kept = _sum / Math.Max(1, _count) > 0.9 * _atEntry;
        _atEntry = 0;
        if (!kept)
        {
            Leave();
            Rate = _rateBefore;
            latency.TakeAsUnloaded();
        }

        return kept;
    }

    private void Tried()
    {
        if (_sum / Math.Max(1, _count) > WorthIt * _servedBefore)
        {
            latency.TakeAsUnloaded();
            Cap *= MoreInFlight;
            _blocks = BlocksToTry - 3;
        }
        else
        {
            Cap = _capBefore;
            _blocks = 0;
        }

        (_sum, _count) = (0, 0);
    }

    // A moment in which nothing came out must not hold the pace below what so many in flight make.
    private void Hold(double served)
    {
        if (served * latency.Recent < FewQueued)
        {
            latency.TakeAsUnloaded();
        }

        Cap = Math.Max(Math.Max(1, MostFall * Cap), (served * latency.Unremarkable * Slack) + 1);
        Rate = 1.1 * Math.Max(served, Cap / latency.Recent);
    }
}
