using System.Diagnostics;

namespace EodPredict.Service.Tests;

/// <summary>One of the example scripts that record an order, as a real process.</summary>
internal static class ExampleScript
{
    /// <summary>The notebook that reviews a model; the others need the same to run.</summary>
    public const string Notebook = "model_card.ipynb";

    private static readonly string Root = Repository.Root;

    private static readonly Dictionary<string, (string[] Interpreters, string[] Probe)> Needs = new()
    {
        ["record.py"] = (["/usr/bin/python3", "python3"], ["-c", "import psycopg2"]),
        ["record.js"] = (["node"], ["-e", "require('pg')"]),
        ["record.sh"] = (["bash"], ["-c", "type psql"]),
        ["record.pl"] = (["perl", "/usr/bin/perl"], ["-MDBD::Pg", "-e", "1"]),
        ["record_http.py"] = (["/usr/bin/python3", "python3"], ["-c", "import urllib.request"]),
        ["record_http.js"] = (["node"], ["-e", "fetch"]),
        ["record_http.sh"] = (["bash"], ["-c", "type curl"]),
        [Notebook] = (["/usr/bin/python3", "python3"], ["-c", "import nbclient, ipykernel, pandas, matplotlib"]),
        ["record_http.pl"] = (["perl"], ["-MHTTP::Tiny", "-MJSON::PP", "-e", "1"]),
    };

    /// <summary>Where a notebook is.</summary>
    public static string NotebookPath(string name) => Path.Combine(Root, "notebooks", name);

    /// <summary>Why a script cannot run here; null where it can.</summary>
    public static string? Missing(string script) =>
        Interpreter(script) is null ? $"{Needs[script].Interpreters[0]} {string.Join(' ', Needs[script].Probe)} does not work here." : null;

    /// <summary>Starts a script, with a key for the service where one is given; its output is the order's id.</summary>
    public static Process Start(string script, string url, string database, string source, string key, string payload,
        string access = "")
    {
        var start = new ProcessStartInfo(Interpreter(script)!, [Path.Combine(Root, "examples", "orders", script), source, key, payload])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["EOD_URL"] = url;
        start.Environment["EOD_KEY"] = access;
        start.Environment["EOD_DATABASE"] = script.EndsWith(".pl", StringComparison.Ordinal)
            ? $"dbi:Pg:host={database};dbname=eod;user=eod" : $"postgresql://eod@/eod?host={database}";
        return Process.Start(start)!;
    }

    /// <summary>The program that runs a script; null where none does here.</summary>
    public static string? Interpreter(string script) =>
        Needs[script].Interpreters.FirstOrDefault(interpreter => Succeeds(interpreter, Needs[script].Probe));

    private static bool Succeeds(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
