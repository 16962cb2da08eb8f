using Azure;
using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Relay.Text;

namespace Functions.Http;

/// <summary><c>GET /api/health</c>: whether storage answers.</summary>
public sealed partial class Health(QueueClient reports, ILogger<Health> logger)
{
    /// <summary>Says nothing that would help a stranger; the reason is in the log.</summary>
    [Function(nameof(Health))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request)
    {
        try
        {
            await reports.GetPropertiesAsync(request.HttpContext.RequestAborted);
            return Results.Json(new { status = "healthy", storage = "answers" });
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or AuthenticationFailedException)
        {
            LogUnhealthy(logger, FirstLine.Of(e.GetBaseException()));
            return Results.Json(
                new { status = "unhealthy", storage = "does not answer" },
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Storage does not answer. Reason: {Reason}")]
    private static partial void LogUnhealthy(ILogger logger, string reason);
}
