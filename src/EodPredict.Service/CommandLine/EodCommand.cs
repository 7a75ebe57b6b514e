using System.CommandLine;
using EodPredict.Service.Demo;

namespace EodPredict.Service.CommandLine;

/// <summary>The program's commands.</summary>
internal static class EodCommand
{
    public static RootCommand Create() => HelpWithExamples.AddTo(
        new RootCommand("Learns when end-of-day data appears behind a paid endpoint, and spends few requests to have it minutes later.")
        {
            ConfigurationOptions.File,
            ConfigurationOptions.Set,
            DemoCommand.Create(),
            ServeCommand.Create(),
            DoctorCommand.Create(),
            HealthCommand.Create(),
            ImportCommand.Create(),
            ExportCommand.Create(),
            ForecastCommand.Create(),
            TrainCommand.Create(),
            ModelsCommand.Create(),
            BacktestCommand.Create(),
            ScrapeCommand.Create(),
            OrdersCommand.Create(),
            KeysCommand.Create(),
            VendorCommand.Create(),
            CompletionCommand.Create(),
        });
}
