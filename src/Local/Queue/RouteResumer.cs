using Relay;
using Relay.Storage;

namespace Local.Queue;

/// <summary>Looks for routes whose flush was lost when the relay starts, and every now and then.</summary>
public sealed partial class RouteResumer(ResumeRoutes resumeRoutes, TimeProvider time, ILogger<RouteResumer> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ResumeRoutes.Interval, time);
        do
        {
            try
            {
                await resumeRoutes.HandleAsync(stoppingToken);
            }
            catch (StorageUnavailableException e)
            {
                LogNoAnswer(logger, e.Message);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Routes not looked through. Reason: {Reason}")]
    private static partial void LogNoAnswer(ILogger logger, string reason);
}
