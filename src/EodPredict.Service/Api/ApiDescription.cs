using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EodPredict.Service.Api;

/// <summary>The API's description, /openapi.json.</summary>
internal static class ApiDescription
{
    private const string Path = "/openapi.json";
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services
        .ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower)
        .AddOpenApi(description =>
        {
            description.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            description.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = "EodPredict", Version = Hosting.Engines.Version };
                document.Servers?.Clear();
                return Task.CompletedTask;
            });
            description.AddOperationTransformer(DescribeAsync);
        });

    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi(Path);

    private static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<BodyOf>().FirstOrDefault() is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { [Json] = await MediaAsync(body.Type) },
            };
        }

        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "It was not done: problem details, with a stable code.",
            Content = new Dictionary<string, OpenApiMediaType> { [Problem] = await MediaAsync(typeof(ProblemDetails)) },
        };

        async Task<OpenApiMediaType> MediaAsync(Type type) =>
            new() { Schema = await context.GetOrCreateSchemaAsync(type, cancellationToken: cancellationToken) };
    }
}
