using Azure;
using Azure.Storage.Queues;
using Relay.Storage;

namespace Local.Tests.Queue;

/// <summary>A queue whose storage has no time for deletions.</summary>
internal sealed class UndeletableQueue(string connectionString, string name)
    : QueueClient(connectionString, name, StorageClients.QueueOptions(QueueMessageEncoding.Base64))
{
    public override Task<Response> DeleteMessageAsync(string messageId, string popReceipt, CancellationToken cancellationToken = default) =>
        throw new RequestFailedException(503, "The server is busy.", "ServerBusy", innerException: null);
}
