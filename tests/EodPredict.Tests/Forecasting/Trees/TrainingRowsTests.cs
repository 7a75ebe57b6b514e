using EodPredict.Forecasting.Trees;

namespace EodPredict.Tests.Forecasting.Trees;

public sealed class TrainingRowsTests
{
    private static readonly float[] Two = [1, 2];
    private static readonly float[] Labels = [0, 1];

    [Fact]
    public void Rows_with_a_missing_value_are_taken()
    {
        var rows = new TrainingRows(2, (float[])[1, float.NaN, 3, 4], Labels, (float[])[1, 3]);
        Assert.Equal(2, rows.Count);
        Assert.Equal([3f, 4f], rows.Row(1).ToArray());
        Assert.Equal(0.75, rows.MeanLabel());
        Assert.Equal(1, new TrainingRows(1, Two, Labels).Weight(1));
    }

    [Theory]
    [InlineData(float.NaN, "row 1 has the label NaN")]
    [InlineData(float.PositiveInfinity, "row 1 has the label")]
    public void A_label_that_is_no_number_is_refused_with_its_row(float label, string reason) =>
        Refuses(reason, 1, () => new TrainingRows(1, Two, (float[])[0, label]));

    [Theory]
    [InlineData(float.NaN, "row 1 has the weight NaN")]
    [InlineData(-0.5f, "row 1 has the weight -0.5")]
    [InlineData(float.PositiveInfinity, "row 1 has the weight")]
    public void A_weight_that_is_none_is_refused_with_its_row(float weight, string reason) =>
        Refuses(reason, 1, () => new TrainingRows(1, Two, Labels, (float[])[1, weight]));

    [Fact]
    public void An_infinite_feature_is_refused_with_its_row() =>
        Refuses("as feature 1; missing is NaN", 1, () => new TrainingRows(2, (float[])[1, 2, 3, float.NegativeInfinity], Labels));

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Refuses("there are none", null, () => new TrainingRows(1, Array.Empty<float>(), Array.Empty<float>()));
        Refuses("0 features a row", null, () => new TrainingRows(0, Array.Empty<float>(), Labels));
        Refuses("2 labels, but 2 values of 2 features", null, () => new TrainingRows(2, Two, Labels));
        Refuses("2 labels, but 1 weights", null, () => new TrainingRows(1, Two, Labels, (float[])[1]));
        Refuses("every weight is 0", null, () => new TrainingRows(1, Two, Labels, (float[])[0, 0]));
        Refuses(
            "1 features, but 2 in the later block", null, () => new TrainingRows(1, Two, Labels, later: new TrainingRows(2, Two, (float[])[1])));
    }

    private static void Refuses(string reason, int? row, Func<TrainingRows> make)
    {
        var refusal = Assert.Throws<TrainingRowsException>(make);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(row, refusal.Row);
    }
}
