using System.CommandLine;
using EodPredict.Service.CommandLine;

var eod = new RootCommand("Learns when end-of-day data appears behind a paid endpoint, and spends few requests to have it minutes later.")
{
    ConfigurationOptions.File,
    ConfigurationOptions.Set,
    ServeCommand.Create(),
};

return await CommandRun.InvokeAsync(eod, args);
