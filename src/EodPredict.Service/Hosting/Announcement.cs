using EodPredict.Jobs;

namespace EodPredict.Service.Hosting;

/// <summary>What the service says when it is up.</summary>
internal static partial class Announcement
{
    public static void Write(WebApplication service)
    {
        Up(service.Logger, Engines.Version, service.Services.GetRequiredService<IJobEngine>().Name, Engines.TreeLearner);
        foreach (var url in service.Urls)
        {
            Listening(service.Logger, url);
        }
    }

    [LoggerMessage(LogLevel.Information, "EodPredict {Version} is up; job engine {JobEngine}, tree learner {TreeLearner}.")]
    private static partial void Up(ILogger log, string version, string jobEngine, string treeLearner);

    [LoggerMessage(LogLevel.Information, "Listening on {Url}")]
    private static partial void Listening(ILogger log, string url);
}
