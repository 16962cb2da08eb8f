using Hosting;
using Local.Queue;

namespace Local.Http;

/// <summary><c>GET /api/health</c>: whether storage answers.</summary>
public static class HealthEndpoint
{
    /// <summary>Maps it.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app) => app.MapGet("/api/health", AnswerAsync);

    private static Task<IResult> AnswerAsync(LocalQueues queues, ILogger<StorageHealth> logger, CancellationToken cancellation) =>
        new StorageHealth(queues.Reports, logger).AnswerAsync(cancellation);
}
