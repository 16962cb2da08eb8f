using Hosting;
using Microsoft.Azure.Functions.Worker;
using Relay;
using Relay.Storage;

namespace Functions.Queue;

/// <summary>Handles what is in the queue: events to record, and flushes that tell Slack.</summary>
public sealed class NotifySlack(HandleMessage handleMessage, RouteResumer resumer)
{
    /// <summary>Whatever it throws makes the host deliver the message again, and in the end to the poison queue.</summary>
    [Function(nameof(NotifySlack))]
    public async Task RunAsync([QueueTrigger(StorageNames.Reports)] string message, CancellationToken cancellation)
    {
        await handleMessage.HandleAsync(message, cancellation);
        await resumer.ResumeIfDueAsync(cancellation);
    }
}
