using Microsoft.AspNetCore.Http.Extensions;

namespace EodPredict.Service.Pages;

/// <summary>Addresses of pages.</summary>
internal static class PageAddress
{
    /// <summary>A path with those values that are not empty.</summary>
    public static string Of(string path, params IEnumerable<(string Name, string Value)> values) =>
        path + new QueryBuilder(values.Where(value => value.Value.Length > 0).Select(value =>
            KeyValuePair.Create(value.Name, value.Value)));
}
