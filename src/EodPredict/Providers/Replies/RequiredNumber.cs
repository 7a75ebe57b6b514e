using System.Globalization;

namespace EodPredict.Providers.Replies;

/// <summary>
/// A required field holds a finite number, be it written as text. Empty, "NA", "null", "NaN" and all other words are none.
/// </summary>
internal static class RequiredNumber
{
    public static bool IsIn(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
}
