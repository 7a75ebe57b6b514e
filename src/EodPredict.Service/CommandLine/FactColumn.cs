namespace EodPredict.Service.CommandLine;

/// <summary>A column of a table of facts.</summary>
/// <param name="Name">Its heading; may be empty.</param>
/// <param name="IsNumber">Whether its cells stand at the right.</param>
internal readonly record struct FactColumn(string Name, bool IsNumber = false)
{
    /// <summary>A column of numbers.</summary>
    public static FactColumn Number(string name) => new(name, IsNumber: true);

    public static implicit operator FactColumn(string name) => new(name);
}
