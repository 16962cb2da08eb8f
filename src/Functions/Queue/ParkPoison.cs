using Microsoft.Azure.Functions.Worker;
using Relay.Storage;

namespace Functions.Queue;

/// <summary>Keeps what could not be handled, and raises the alarm.</summary>
public sealed class ParkPoison(Relay.ParkPoison parkPoison)
{
    /// <summary>A poison queue has no poison queue: what it throws makes the host deliver the message again, for ever.</summary>
    [Function(nameof(ParkPoison))]
    public Task RunAsync([QueueTrigger(StorageNames.Poison)] string message, CancellationToken cancellation) =>
        parkPoison.HandleAsync(message, cancellation);
}
