using System.Collections.Concurrent;
using EodPredict.Scraping.Sharing;

namespace EodPredict.Scraping;

// The exchanges with others that send to the same endpoint: one at a time, and never waited for.
internal sealed partial class ScrapeLoop
{
    private readonly ConcurrentQueue<ShareNews> _heard = new();
    private Task _listening = Task.CompletedTask;
    private Task<ShareAnswer?>? _exchanging;

    private void Listen() => _listening = _others.ListenAsync(
        news =>
        {
            _heard.Enqueue(news);
            Wake();
        },
        _abandoning.Token);

    private async Task TendSharingAsync()
    {
        while (_heard.TryDequeue(out var news))
        {
            _pace.Hear(news, Now);
        }

        if (_exchanging is { IsCompleted: true })
        {
            var answer = await _exchanging;
            _exchanging = null;
            if (answer is null)
            {
                _pace.Missed();
            }
            else
            {
                _pace.Answered(answer, Now);
            }
        }

        _pace.HasWork = _stopping is null && !_results.IsFull && (_queue.Count > 0 || !_isDry);
        if (_exchanging is null && _pace.ExchangeDue <= Now)
        {
            _exchanging = Waking(_others.ExchangeAsync(_pace.Exchange(Now), _abandoning.Token));
        }
    }

    private async Task EndSharingAsync()
    {
        if (_exchanging is not null)
        {
            await _exchanging;
        }

        await _others.LeaveAsync(CancellationToken.None);
    }
}
