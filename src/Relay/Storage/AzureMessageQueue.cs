using Azure.Storage.Queues;

namespace Relay.Storage;

/// <summary>The queue in Azure Queue Storage.</summary>
public sealed class AzureMessageQueue(QueueClient queue) : IMessageQueue
{
    /// <summary>Messages never expire: what was accepted is delivered, however long Slack is away.</summary>
    public static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    /// <inheritdoc/>
    public Task SendAsync(string message, TimeSpan delay, CancellationToken cancellation) => AzureFailure.RequestAsync(
        "take a message",
        async () => await queue.SendMessageAsync(message, WholeSeconds(delay), Forever, cancellation),
        cancellation);

    /// <summary>The service counts in seconds; rounded up, so that no flush comes before it is due.</summary>
    private static TimeSpan WholeSeconds(TimeSpan delay) => TimeSpan.FromSeconds(Math.Ceiling(delay.TotalSeconds));
}
