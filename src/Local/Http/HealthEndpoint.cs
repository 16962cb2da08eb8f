using Azure;
using Local.Queue;

namespace Local.Http;

/// <summary><c>GET /api/health</c>: whether storage answers.</summary>
public static class HealthEndpoint
{
    /// <summary>Maps it.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app) => app.MapGet("/api/health", HandleAsync);

    private static async Task<IResult> HandleAsync(LocalQueues queues, CancellationToken cancellation)
    {
        try
        {
            await queues.Reports.GetPropertiesAsync(cancellation);
            return Results.Json(new { status = "healthy", storage = "answers" });
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            return Results.Json(
                new { status = "unhealthy", storage = "does not answer" },
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
