using Azure.Storage.Queues;
using Relay.Storage;

namespace Local.Queue;

/// <summary>Messages that are not encoded as <c>host.json</c> says: somebody else put them into the queue.</summary>
/// <remarks>The Functions host parks them at once, and so does this.</remarks>
public static class UndecodableMessages
{
    /// <summary>Without this one such message would fail every receipt. One in the poison queue is encoded and put there again.</summary>
    public static QueueClientOptions ParkUndecodable(this QueueClientOptions options, QueueClient poison)
    {
        options.MessageDecodingFailed += async args =>
        {
            if (args.ReceivedMessage is { } message)
            {
                await poison.SendMessageAsync(
                    message.Body,
                    timeToLive: AzureMessageQueue.Forever,
                    cancellationToken: args.CancellationToken);
                await args.Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, args.CancellationToken);
            }
        };
        return options;
    }
}
