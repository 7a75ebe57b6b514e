using EodPredict.Database;
using EodPredict.Service.Configuration;
using EodPredict.Service.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EodPredict.Service.CommandLine;

/// <summary>The faults that a user can cause and mend: each is told in its own words, without a stack trace.</summary>
internal static class ExpectedFaults
{
    /// <returns>One line a fault; null where the exception is none of them.</returns>
    public static IReadOnlyList<string>? Describe(Exception exception) => exception switch
    {
        ConfigurationFaultException faults => faults.Faults,
        OptionsValidationException faults => [.. faults.Failures],
        AggregateException { InnerExceptions: var several } when several.All(one => Describe(one) is not null) =>
            [.. several.SelectMany(one => Describe(one)!)],
        PrivatePostgreSqlException or PostgreSqlMissingException or DatabaseMigrationException or PortInUseException => [exception.Message],
        NpgsqlException => [$"The database: {exception.Message}{(exception.InnerException is { } cause ? $": {cause.Message}" : "")}"],
        _ => null,
    };
}
