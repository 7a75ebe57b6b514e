using EodPredict.Replay.Vendor;

namespace EodPredict.Replay;

/// <summary>How the replay provider behaves; bound from <c>Eod:Vendor</c>.</summary>
public sealed class ReplayProviderOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Eod:Vendor";

    /// <summary>The recorded series it replays: the name of one that comes with the program, or the path of a file. Default: rki.</summary>
    public string Series { get; set; } = "rki";

    /// <summary>The IP address it listens on. Default: 127.0.0.1, this machine alone.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Its port, 0 to 65535; 0 takes a free one. Default: 0.</summary>
    public int Port { get; set; }

    /// <summary>The key that /eod and /account ask for; empty asks for none. A secret. Default: empty.</summary>
    public string Key { get; set; } = "";

    /// <summary>What everything drawn depends on: prices, lies, faults. Default: 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>The price of a GET that was neither refused nor throttled; 0 or more. Default: 1.</summary>
    public double GetPrice { get; set; } = 1;

    /// <summary>The price of a HEAD that was neither refused nor throttled; 0 or more. Default: 0.05.</summary>
    public double HeadPrice { get; set; } = 0.05;

    /// <summary>The price of a look at the status page; 0 or more. Default: 0.</summary>
    public double PagePrice { get; set; }

    /// <summary>The most sessions a reply holds, newest first; 1 to 1000. Default: 1.</summary>
    public int Rows { get; set; } = 1;

    /// <summary>What a GET is answered before the arrival. Default: 404.</summary>
    public NotYetAnswer BeforeArrival { get; set; }

    /// <summary>
    /// For how long before its arrival a session shows a row whose high, low, close and volume are null; zero or more, never before the
    /// close. Default: zero, no such row.
    /// </summary>
    public TimeSpan PartialFor { get; set; }

    /// <summary>How long after the arrival the volume, too low at first, settles; more than zero. Default: null, right at once.</summary>
    public TimeSpan? RevisedAfter { get; set; }

    /// <summary>How HEAD is answered.</summary>
    public HeadOptions Head { get; } = new();

    /// <summary>The limit of /eod.</summary>
    public ThrottleOptions Throttle { get; } = new();

    /// <summary>What goes wrong at /eod.</summary>
    public FaultOptions Faults { get; } = new();

    /// <summary>The limit of /items.</summary>
    public ThrottleOptions ItemsThrottle { get; } = new();

    /// <summary>What goes wrong at /items.</summary>
    public FaultOptions ItemsFaults { get; } = new();
}
