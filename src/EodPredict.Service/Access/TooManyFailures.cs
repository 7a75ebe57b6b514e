namespace EodPredict.Service.Access;

/// <summary>Marks a request whose key was not looked at, since too many wrong ones came from its address.</summary>
internal sealed class TooManyFailures;
