using EodPredict.Forecasting.Learned;
using EodPredict.Forecasting.Models;

namespace EodPredict.Tests.Forecasting.Models;

public sealed class ModelStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 30, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("eod-models-").FullName;
    private readonly ModelStore _models;

    public ModelStoreTests() => _models = new ModelStore(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_added_is_listed_and_serves_only_once_promoted()
    {
        Add("20260301-043000");
        Assert.Equal(["20260301-043000"], _models.List("us").Select(m => m.Version));
        Assert.Null(_models.Champion("us"));
        Promote("20260301-043000");
        Assert.Equal("20260301-043000", _models.Champion("us"));
        Assert.Equal(Model().Trees.TreeCount, _models.Load("us", "20260301-043000").Trees.TreeCount);
        Assert.Empty(_models.List("other"));
    }

    [Fact]
    public void Rolling_back_goes_to_what_served_before_and_at_last_to_the_experts()
    {
        Add("1");
        Add("2");
        Promote("1");
        Promote("2");
        Assert.Equal("1", _models.RollBack("us", Now));
        Assert.Equal("1", _models.Champion("us"));
        Assert.Null(_models.RollBack("us", Now));
        Assert.Null(_models.Champion("us"));
        Assert.Throws<ModelFaultException>(() => _models.RollBack("us", Now));
        Assert.Equal(["promoted", "promoted", "rolled back", "rolled back"], _models.History("us").Select(e => e.Action));
    }

    [Fact]
    public void Trees_that_are_not_those_of_the_manifest_are_refused()
    {
        Add("1");
        File.AppendAllText(Path.Combine(_folder, "us", "1", "trees.json"), " ");
        var fault = Assert.Throws<ModelFaultException>(() => Promote("1"));
        Assert.Contains("the hash differs", fault.Message, StringComparison.Ordinal);
        Assert.Null(_models.Champion("us"));
    }

    [Fact]
    public void A_model_of_other_features_is_refused()
    {
        _models.Add(Manifest("1") with { FeatureSchema = SessionFeatures.Version + 1 }, Model().Trees);
        Assert.Contains("Train anew", Assert.Throws<ModelFaultException>(() => _models.Load("us", "1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_writer_that_died_leaves_what_served()
    {
        Add("1");
        Promote("1");
        // As after a death while a model was written, and while another was promoted.
        Directory.CreateDirectory(Path.Combine(_folder, "us", ".unfinished-2"));
        File.WriteAllText(Path.Combine(_folder, "us", ".unfinished-2", "trees.json"), "{");
        File.WriteAllText(Path.Combine(_folder, "us", "champion.new"), "");
        File.AppendAllText(Path.Combine(_folder, "us", "history.jsonl"), "{\"at\":\"2026");
        var after = new ModelStore(_folder);
        Assert.Equal("1", after.Champion("us"));
        Assert.Single(after.List("us"));
        Assert.Single(after.History("us"));
        after.Add(Manifest("2"), Model().Trees);
        Assert.Equal(["1", "2"], after.List("us").Select(m => m.Version));
        Assert.False(Directory.Exists(Path.Combine(_folder, "us", ".unfinished-2")));
    }

    [Theory]
    [InlineData("../other/1")]
    [InlineData("")]
    [InlineData("absent")]
    public void A_version_that_is_none_is_refused(string version) => Assert.Throws<ModelFaultException>(() => _models.Manifest("us", version));

    private void Add(string version) => _models.Add(Manifest(version), Model().Trees);

    private void Promote(string version) =>
        _models.Promote("us", version, new ModelEvent(Now, ModelActions.Promoted, version, "Better."));

    private static LearnedHazard Model() => PromotionGateTests.Hazard(0.12f);

    private static ModelManifest Manifest(string version) => new()
    {
        Version = version,
        Dataset = "us",
        TrainedAt = Now,
        FeatureSchema = SessionFeatures.Version,
        Features = SessionFeatures.Names,
        Learner = "test",
        Trees = 0,
        Share = 1,
        FittedFrom = new DateOnly(2025, 1, 1),
        FittedTo = new DateOnly(2025, 12, 31),
        FittedSessions = 1_000,
        Scores = new ModelScores
        {
            From = new DateOnly(2026, 1, 1), To = new DateOnly(2026, 3, 1), Sessions = 200, Experts = 1, Challenger = 0.9,
            Difference = -0.1, DifferenceAtMost = -0.05, Coverage50 = 0.5, Coverage80 = 0.8, Coverage95 = 0.95,
        },
        Importance = new double[SessionFeatures.Names.Count],
        Sha256 = "",
    };
}
