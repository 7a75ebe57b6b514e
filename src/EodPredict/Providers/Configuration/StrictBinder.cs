using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace EodPredict.Providers.Configuration;

/// <summary>
/// Binds a section to an options object as the framework's binder does, but finds every fault instead of the first, and takes keys that
/// no property has for one. What the section does not say stays as it is.
/// </summary>
internal sealed class StrictBinder(ICollection<ConfigurationFault> faults)
{
    /// <summary>Binds all but the properties named in <paramref name="later"/>, which the caller binds itself.</summary>
    public void Bind(object options, IConfigurationSection section, params string[] later)
    {
        var properties = options.GetType().GetProperties();
        if (section.Value is { Length: > 0 } value)
        {
            faults.Add(new ConfigurationFault(section.Path, value, "Expected an object."));
        }

        foreach (var child in section.GetChildren())
        {
            var property = properties.FirstOrDefault(known => known.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                faults.Add(Unknown(child, properties));
            }
            else if (!later.Contains(property.Name))
            {
                Bind(options, property, child);
            }
        }
    }

    private static ConfigurationFault Unknown(IConfigurationSection child, PropertyInfo[] properties)
    {
        var hint = SecretPlaces.IsNamedLikeASecret(child.Key)
            ? $" {SecretPlaces.NameIt}"
            : Spelling.DidYouMean(child.Key, properties.Select(property => property.Name));
        var known = string.Join(", ", properties.Select(property => property.Name));
        return new ConfigurationFault(child.Path, null, $"There is no such setting.{hint} There are: {known}.");
    }

    private void Bind(object options, PropertyInfo property, IConfigurationSection section)
    {
        var range = property.GetCustomAttribute<RangeAttribute>();
        switch (property.GetValue(options))
        {
            case Dictionary<string, string> texts:
                foreach (var child in section.GetChildren()) texts[child.Key] = child.Value ?? "";
                break;
            case IList list:
                BindList(list, section, range);
                break;
            case ReplyRuleOptions nested:
                Bind(nested, section);
                break;
            default:
                if (Convert(property.PropertyType, section, range, out var value)) property.SetValue(options, value);
                break;
        }
    }

    private void BindList(IList list, IConfigurationSection section, RangeAttribute? range)
    {
        if (section.Value is { Length: > 0 } single)
        {
            faults.Add(new ConfigurationFault(section.Path, single, "Expected a list, such as [\"a\", \"b\"]."));
            return;
        }

        list.Clear();
        foreach (var child in section.GetChildren())
        {
            if (Convert(list.GetType().GenericTypeArguments[0], child, range, out var item)) list.Add(item);
        }
    }

    private bool Convert(Type type, IConfigurationSection section, RangeAttribute? range, out object? value)
    {
        value = null;
        if (section.Value is null && !section.GetChildren().Any())
        {
            return Nullable.GetUnderlyingType(type) is not null || type == typeof(string);
        }


        type = Nullable.GetUnderlyingType(type) ?? type;
        value = Read(type, section.Value);
        if (value is not null && IsWithin(range, value)) return true;

        faults.Add(new ConfigurationFault(section.Path, section.Value, $"Expected {Allowed(type, range)}."));
        return false;
    }

    private static object? Read(Type type, string? text)
    {
        const NumberStyles Numbers = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (type == typeof(string)) return text;
        if (type == typeof(TimeSpan)) return Duration.TryParse(text, out var duration) ? duration : null;
        if (type == typeof(bool)) return bool.TryParse(text, out var flag) ? flag : null;
        if (type == typeof(int))
        {
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;
        }

        if (type == typeof(double))
        {
            return double.TryParse(text, Numbers, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
        }

        var name = Enum.GetNames(type).FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
        return name is null ? null : Enum.Parse(type, name);
    }

    private static bool IsWithin(RangeAttribute? range, object value) => range is null || value switch
    {
        TimeSpan duration => duration >= Bound(range.Minimum) && duration <= Bound(range.Maximum),
        _ => range.IsValid(value),
    };

    private static TimeSpan Bound(object text) =>
        Duration.TryParse((string)text, out var bound) ? bound : throw new InvalidOperationException($"'{text}' is no duration.");

    private static string Allowed(Type type, RangeAttribute? range)
    {
        var what = type == typeof(string) ? "a text"
            : type == typeof(TimeSpan) ? Duration.Allowed
            : type == typeof(bool) ? "true or false"
            : type == typeof(int) ? "a whole number"
            : type == typeof(double) ? "a number"
            : $"one of {string.Join(", ", Enum.GetNames(type))}";
        return range is null ? what : string.Create(CultureInfo.InvariantCulture, $"{what}, from {range.Minimum} to {range.Maximum}");
    }
}
