using Microsoft.Extensions.Logging;
using Relay;
using Relay.Storage;

namespace Hosting;

/// <summary>Looks for routes whose flush was lost.</summary>
public sealed partial class RouteResumer(ResumeRoutes resumeRoutes, TimeProvider time, ILogger<RouteResumer> logger)
{
    private long _dueAt = long.MinValue;

    /// <summary>Looks, unless it was done a while ago: after the first message that an instance handles, and every now and then.</summary>
    /// <remarks>
    /// In Azure a timer would be a group of instances of its own, woken for nothing a hundred and more times a day. A flush is lost
    /// with a poison message, whose parking looks as well, or with a setting that has changed, which restarts every instance.
    /// </remarks>
    public Task ResumeIfDueAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcTicks;
        var due = Interlocked.Read(ref _dueAt);
        var won = now >= due && Interlocked.CompareExchange(ref _dueAt, now + ResumeRoutes.Interval.Ticks, due) == due;
        return won ? ResumeAsync(cancellation) : Task.CompletedTask;
    }

    /// <summary>Looks now. Where storage does not answer it is left for the next time.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
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
