using EodPredict.Service.CommandLine;

return await CommandRun.InvokeAsync(EodCommand.Create(), args);
