using System.CommandLine;
using EodPredict.Service.CommandLine;
using EodPredict.Service.Demo;

var eod = new RootCommand("Learns when end-of-day data appears behind a paid endpoint, and spends few requests to have it minutes later.")
{
    ConfigurationOptions.File,
    ConfigurationOptions.Set,
    DemoCommand.Create(),
    ServeCommand.Create(),
    DoctorCommand.Create(),
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
};

return await CommandRun.InvokeAsync(HelpWithExamples.AddTo(eod), args);
