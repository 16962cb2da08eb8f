using Microsoft.Azure.Functions.Worker;
using Relay.Storage;
using Reports = Relay.Reports;

namespace Functions.Queue;

/// <summary>Keeps what could not be handled, and raises the alarm.</summary>
public sealed class ParkPoison(Reports.ParkPoison parkPoison, RouteResumer resumer)
{
    /// <summary>The message may have been a route's only flush, so that the routes are looked through as well.</summary>
    [Function(nameof(ParkPoison))]
    public async Task RunAsync([QueueTrigger(StorageNames.Poison)] string message, CancellationToken cancellation)
    {
        await parkPoison.HandleAsync(message, cancellation);
        await resumer.ResumeAsync(cancellation);
    }
}
