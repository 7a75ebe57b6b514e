using System.Globalization;
using System.Net;

namespace EodPredict.Replay.Vendor;

/// <summary>Finds every fault in the options of the replay provider; each names its key, its value and what is allowed.</summary>
internal sealed class OptionFaults
{
    private readonly List<string> _found = [];

    public static IReadOnlyList<string> Find(ReplayProviderOptions options)
    {
        var faults = new OptionFaults();
        faults.Look(options);
        return faults._found;
    }

    private void Look(ReplayProviderOptions options)
    {
        Expect(IPAddress.TryParse(options.Address, out _), "Address", options.Address, "an IP address");
        Expect(options.Port is >= 0 and <= 65535, "Port", options.Port, "0 to 65535");
        Expect(IsAtLeastZero(options.GetPrice), "GetPrice", options.GetPrice, "0 or more");
        Expect(IsAtLeastZero(options.HeadPrice), "HeadPrice", options.HeadPrice, "0 or more");
        Expect(IsAtLeastZero(options.PagePrice), "PagePrice", options.PagePrice, "0 or more");
        Expect(options.Rows is >= 1 and <= 1000, "Rows", options.Rows, "1 to 1000");
        Expect(Enum.IsDefined(options.BeforeArrival), "BeforeArrival", options.BeforeArrival, Names<NotYetAnswer>());
        Expect(options.PartialFor >= TimeSpan.Zero, "PartialFor", options.PartialFor, "zero or more");
        Expect(!(options.RevisedAfter <= TimeSpan.Zero), "RevisedAfter", options.RevisedAfter, "more than zero");
        ExpectShare("Head:FalsePositiveShare", options.Head.FalsePositiveShare);
        ExpectShare("Head:FalseNegativeShare", options.Head.FalseNegativeShare);
        LookAtThrottle("Throttle", options.Throttle);
        LookAtThrottle("ItemsThrottle", options.ItemsThrottle);
        LookAtFaults("Faults", options.Faults);
        LookAtFaults("ItemsFaults", options.ItemsFaults);
    }

    private void LookAtThrottle(string name, ThrottleOptions options)
    {
        Expect(Enum.IsDefined(options.Shape), $"{name}:Shape", options.Shape, Names<ThrottleShape>());
        Expect(options.Limit > 0 && double.IsFinite(options.Limit), $"{name}:Limit", options.Limit, "more than 0");
        Expect(options.Window > TimeSpan.Zero, $"{name}:Window", options.Window, "more than zero");
        Expect(options.Burst is null or >= 1, $"{name}:Burst", options.Burst, "1 or more");
        Expect(options.MaxInFlight >= 0, $"{name}:MaxInFlight", options.MaxInFlight, "0 or more");
        Expect(options.DailyLimit >= 0, $"{name}:DailyLimit", options.DailyLimit, "0 or more");
        Expect(options.BanAfter >= 0, $"{name}:BanAfter", options.BanAfter, "0 or more");
        Expect(options.BanWindow > TimeSpan.Zero, $"{name}:BanWindow", options.BanWindow, "more than zero");
        Expect(options.BanFor > TimeSpan.Zero, $"{name}:BanFor", options.BanFor, "more than zero");
        Expect(Enum.IsDefined(options.Reply), $"{name}:Reply", options.Reply, Names<ThrottleReply>());
    }

    private void LookAtFaults(string name, FaultOptions options)
    {
        Expect(options.MedianLatency >= TimeSpan.Zero, $"{name}:MedianLatency", options.MedianLatency, "zero or more");
        Expect(options.LatencySpread is >= 0 and <= 3, $"{name}:LatencySpread", options.LatencySpread, "0 to 3");
        ExpectShare($"{name}:HangShare", options.HangShare);
        ExpectShare($"{name}:GarbageShare", options.GarbageShare);
        ExpectShare($"{name}:HugeShare", options.HugeShare);
        ExpectShare($"{name}:ResetShare", options.ResetShare);
        ExpectShare($"{name}:RedirectShare", options.RedirectShare);
        var sum = options.HangShare + options.GarbageShare + options.HugeShare + options.ResetShare + options.RedirectShare;
        Expect(sum <= 1.000001, $"{name} (its shares)", sum, "a sum of at most 1");
        Expect(options.HugeBytes > 0, $"{name}:HugeBytes", options.HugeBytes, "more than 0");
        Expect(options.RedirectTo.IsAbsoluteUri, $"{name}:RedirectTo", options.RedirectTo, "an absolute address");
        for (var index = 0; index < options.Outages.Count; index++)
        {
            var outage = options.Outages[index];
            Expect(outage.From < outage.Until, $"{name}:Outages:{index}:Until", outage.Until, "an instant after From");
        }
    }

    private void ExpectShare(string name, double value) => Expect(value is >= 0 and <= 1, name, value, "0 to 1");

    private void Expect(bool holds, string name, object? value, string allowed)
    {
        if (!holds)
        {
            var key = $"{ReplayProviderOptions.Section}:{name}";
            _found.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}; allowed is {allowed}"));
        }
    }

    private static bool IsAtLeastZero(double value) => value >= 0 && double.IsFinite(value);

    private static string Names<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>());
}
