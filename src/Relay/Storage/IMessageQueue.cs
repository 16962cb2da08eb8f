namespace Relay.Storage;

/// <summary>The queue that both kinds of message travel through: delivered at least once, in any order.</summary>
public interface IMessageQueue
{
    /// <summary>Sends a message that nobody receives before <paramref name="delay"/> has passed.</summary>
    /// <exception cref="StorageUnavailableException">It is not known to be in the queue.</exception>
    Task SendAsync(string message, TimeSpan delay, CancellationToken cancellation);
}
