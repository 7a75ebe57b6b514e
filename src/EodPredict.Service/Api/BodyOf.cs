namespace EodPredict.Service.Api;

/// <summary>
/// Says in the API's description what an endpoint reads from the body. The framework's own way would refuse content types, and curl sends
/// a form's.
/// </summary>
/// <param name="Type">The type of the JSON object.</param>
internal sealed record BodyOf(Type Type);
