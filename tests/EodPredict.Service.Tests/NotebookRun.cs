using System.Diagnostics;

namespace EodPredict.Service.Tests;

/// <summary>A notebook, executed without a browser.</summary>
internal static class NotebookRun
{
    // One more cell at its end says what it has found.
    private const string Execute = """
        import nbclient, nbformat, sys
        notebook = nbformat.read(sys.argv[1], 4)
        notebook.cells.append(nbformat.v4.new_code_cell(sys.argv[2]))
        nbclient.NotebookClient(notebook, timeout=120).execute()
        print("".join(output.text for output in notebook.cells[-1].outputs if output.output_type == "stream"))
        """;

    /// <summary>Executes it on the files of a folder.</summary>
    /// <param name="name">The notebook's file name.</param>
    /// <param name="review">The folder that it reads.</param>
    /// <param name="last">Python that prints what the test wants to know.</param>
    /// <returns>What was printed.</returns>
    public static async Task<string> RunAsync(string name, string review, string last)
    {
        var start = new ProcessStartInfo(
            ExampleScript.Interpreter(ExampleScript.Notebook)!, ["-c", Execute, ExampleScript.NotebookPath(name), last])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["EOD_REVIEW"] = review;
        start.Environment["MPLBACKEND"] = "agg";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return output.Trim();
    }
}
