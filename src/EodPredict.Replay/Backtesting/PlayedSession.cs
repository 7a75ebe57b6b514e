using EodPredict.Replay.Recorded;

namespace EodPredict.Replay.Backtesting;

/// <summary>One session to be played.</summary>
/// <param name="Session">The truth; policies never see it.</param>
/// <param name="Watcher">Who decides its checks.</param>
/// <param name="Learner">Who learns of its arrival: during the warm-up another than the watcher.</param>
internal readonly record struct PlayedSession(RecordedSession Session, ITickerPolicy Watcher, ITickerPolicy Learner);
