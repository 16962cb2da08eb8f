using Microsoft.Extensions.Logging;
using Relay;
using Relay.Storage;

namespace Functions.Queue;

/// <summary>Looks for routes whose flush was lost: after the first message that this instance handles, and every now and then.</summary>
/// <remarks>
/// A timer would do it too, but it is a group of instances of its own, woken for nothing a hundred and more times a day. A flush is lost
/// with a poison message, whose parking looks as well, or with a setting that has changed, which restarts every instance.
/// </remarks>
public sealed partial class RouteResumer(ResumeRoutes resumeRoutes, TimeProvider time, ILogger<RouteResumer> logger)
{
    private long _dueAt = long.MinValue;

    /// <summary>Looks, unless it was done a while ago.</summary>
    public Task ResumeIfDueAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcTicks;
        var due = Interlocked.Read(ref _dueAt);
        var won = now >= due && Interlocked.CompareExchange(ref _dueAt, now + ResumeRoutes.Interval.Ticks, due) == due;
        return won ? ResumeAsync(cancellation) : Task.CompletedTask;
    }

    // Where storage does not answer it is left for the next time: the message that brought us here is done.
    private async Task ResumeAsync(CancellationToken cancellation)
    {
        try
        {
            await resumeRoutes.HandleAsync(cancellation);
        }
        catch (StorageUnavailableException e)
        {
            LogNoAnswer(logger, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Routes not looked through. Reason: {Reason}")]
    private static partial void LogNoAnswer(ILogger logger, string reason);
}
