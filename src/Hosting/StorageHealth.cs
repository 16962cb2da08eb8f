using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Relay;
using Relay.Text;

namespace Hosting;

/// <summary>Whether storage answers.</summary>
public sealed partial class StorageHealth(QueueClient reports, ILogger<StorageHealth> logger)
{
    /// <summary>Says nothing that would help a stranger; the reason is in the log.</summary>
    public async Task<IResult> AnswerAsync(CancellationToken cancellation)
    {
        try
        {
            await reports.GetPropertiesAsync(cancellation);
            return Results.Json(new { status = "healthy", storage = "answers" });
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // Storage refuses or is away, or whoever gives out the identity's tokens is: all of it means that no report can be taken.
            LogUnhealthy(logger, FirstLine.Of(e.GetBaseException()));
            return Results.Json(
                new { status = "unhealthy", storage = "does not answer" },
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Storage does not answer. Reason: {Reason}")]
    private static partial void LogUnhealthy(ILogger logger, string reason);
}
