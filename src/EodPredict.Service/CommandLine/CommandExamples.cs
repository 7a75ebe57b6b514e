namespace EodPredict.Service.CommandLine;

/// <summary>Examples of every command, as they can be typed.</summary>
internal static class CommandExamples
{
    private static readonly Dictionary<string, string[]> All = new()
    {
        [""] = ["eod demo --days 5", "eod doctor && eod serve", "eod scrape --help"],
        ["demo"] = ["eod demo --days 5", "eod demo --speed 2880 --days 20 --summary figures.json", "eod demo --series eurostat --port 5081"],
        ["serve"] = ["eod serve", "eod serve --port 5081 --config /etc/eod.json", "eod serve --urls https://0.0.0.0:5443"],
        ["doctor"] = ["eod doctor", "eod doctor --json | jq -r 'select(.level == \"bad\").text'"],
        ["health"] = ["eod health", "eod health --url https://eod.example.com"],
        ["import"] = ["eod import availability history.csv --dataset us"],
        ["import availability"] =
            ["eod import availability history.csv --dataset us", "eod import availability history.csv --resolution 15m --json"],
        ["export"] = ["eod export arrivals --out arrivals.parquet", "eod export checks --from 2026-11-01 --out checks.csv"],
        ["forecast"] =
        [
            "eod forecast --ticker AAPL.US", "eod forecast --dataset us --ticker AAPL.US --date 2026-11-20 --window 5m",
            "eod forecast --ticker AAPL.US --json | jq .next_check_at",
        ],
        ["train"] = ["eod train", "eod train --dataset us --json | jq '{is_promoted, reason}'"],
        ["models"] = ["eod models list", "eod models promote --model 20261120T020000"],
        ["models list"] = ["eod models list --dataset us", "eod models list --json | jq -r .model.version"],
        ["models show"] = ["eod models show", "eod models show --dataset us --model 20261120T020000"],
        ["models promote"] = ["eod models promote --dataset us --model 20261120T020000"],
        ["models rollback"] = ["eod models rollback --dataset us"],
        ["models export"] = ["eod models export --dataset us --out review"],
        ["backtest"] =
        [
            "eod backtest --arrivals arrivals.csv --last-days 60 --checks checks.csv",
            "eod backtest --arrivals arrivals.csv --last-days 60 --checks checks.csv --policy fixed --json | jq .cost",
        ],
        ["scrape"] =
        [
            "eod scrape --job bars --url 'https://host/items/{id}' --ids 1..20000 --header 'X-Api-Key: env:HOST_KEY'",
            "eod scrape --job bars --url 'https://host/items/{id}' --ids-file ids.txt --max-pace 50 --report figures.json",
        ],
        ["scrape status"] = ["eod scrape status --job bars", "eod scrape status --job bars --json | jq .left"],
        ["scrape export"] = ["eod scrape export --job bars --out bars.jsonl", "eod scrape export --job bars | jq -c .json"],
        ["scrape retry"] = ["eod scrape retry --job bars"],
        ["orders"] = ["eod orders next --count 10", "eod orders record --source desk-7 --file fills.csv", "eod orders ledger"],
        ["orders next"] = ["eod orders next --count 1000 --out ids.txt"],
        ["orders record"] = ["eod orders record --source desk-7 --file fills.csv"],
        ["orders ledger"] = ["eod orders ledger", "eod orders ledger --json | jq .leased_unused"],
        ["keys"] = ["eod keys create --name ops --role operator", "eod keys list"],
        ["keys create"] = ["eod keys create --name ops --role operator", "KEY=$(eod keys create --name prometheus --role reader)"],
        ["keys list"] = ["eod keys list", "eod keys list --json | jq -r 'select(.revoked_at == null).name'"],
        ["keys revoke"] = ["eod keys revoke --name prometheus"],
        ["vendor"] =
        [
            "eod vendor", "eod vendor --series rki --port 5090 --from 2026-08-01T00:00Z --speed 1440",
            "eod vendor --set Eod:Vendor:Throttle:Limit=5",
        ],
        ["completion"] = ["source <(eod completion bash)", "eod completion fish | source"],
    };

    /// <summary>Those of a command, named by its path without the program: <c>orders record</c>.</summary>
    public static IReadOnlyList<string> Of(string command) =>
        All.TryGetValue(command, out var own) ? own
        : command.Split(' ') is ["export", var table]
            ? [$"eod export {table} --out {table}.parquet", $"eod export {table} --from 2026-11-01 > {table}.csv"]
        : [];
}
