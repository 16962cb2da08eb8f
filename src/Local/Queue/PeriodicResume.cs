using Hosting;
using Relay;
using Relay.Routes;
using Relay.Storage;

namespace Local.Queue;

/// <summary>Looks for routes whose flush was lost when the relay starts, and every now and then.</summary>
public sealed class PeriodicResume(RouteResumer resumer, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ResumeRoutes.Interval, time);
        do
        {
            await resumer.ResumeAsync(stoppingToken);
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
}
