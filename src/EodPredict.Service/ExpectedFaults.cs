using EodPredict.Access;
using EodPredict.Database;
using EodPredict.Forecasting.Models;
using EodPredict.Forecasting.Trees;
using EodPredict.Orders;
using EodPredict.Providers.Calendars;
using EodPredict.Providers.Configuration;
using EodPredict.Replay;
using EodPredict.Replay.Recorded;
using EodPredict.Scraping;
using EodPredict.Service.CommandLine;
using EodPredict.Service.Configuration;
using EodPredict.Service.Demo;
using EodPredict.Service.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EodPredict.Service;

/// <summary>The faults that a user can cause and mend: each is told in its own words, without a stack trace.</summary>
internal static class ExpectedFaults
{
    /// <returns>One line a fault; null where the exception is none of them.</returns>
    public static IReadOnlyList<string>? Describe(Exception exception) => exception switch
    {
        ConfigurationFaultException faults => faults.Faults,
        ProviderConfigurationException faults => [.. faults.Faults.Select(fault => fault.ToString())],
        CalendarFileException faults => faults.Faults,
        OptionsValidationException faults => [.. faults.Failures],
        RecordedDaysException or ReplayProviderException => exception.Message.Split('\n', StringSplitOptions.TrimEntries),
        AggregateException { InnerExceptions: var several } when several.All(one => Describe(one) is not null) =>
            [.. several.SelectMany(one => Describe(one)!)],
        NpgsqlException => [$"The database: {exception.Message}{(exception.InnerException is { } cause ? $": {cause.Message}" : "")}"],
        PrivatePostgreSqlException or PostgreSqlMissingException or DatabaseMigrationException or PortInUseException
            or OrderRefusedException or OrderFileException or OrderIdsUnavailableException or CommandFaultException or DemoException
            or AccessRefusedException
            or ModelFaultException or TreeEnsembleException or ScrapeRefusedException
            or UnknownCalendarException or UnknownCalendarYearException => [exception.Message],
        FileNotFoundException or DirectoryNotFoundException => [$"{exception.Message} Check the path."],
        UnauthorizedAccessException => [$"{exception.Message} Check who may read and write there."],
        _ => null,
    };
}
