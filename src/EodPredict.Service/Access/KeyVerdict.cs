using EodPredict.Access;

namespace EodPredict.Service.Access;

/// <summary>What became of a key that somebody showed.</summary>
/// <param name="Key">The key; null where it is none that holds.</param>
/// <param name="IsOneTooMany">Whether too many wrong ones came from there, so that this one was not waited for.</param>
internal readonly record struct KeyVerdict(AccessKey? Key, bool IsOneTooMany = false);
