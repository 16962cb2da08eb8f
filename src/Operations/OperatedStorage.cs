using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Relay.Storage;

namespace Operations;

/// <summary>The storage account of a relay: by <c>Relay__Storage</c>, as the local relay has it, else the one in Azure.</summary>
internal sealed record OperatedStorage(BlobContainerClient State, QueueClient Reports)
{
    // What the queue's readers expect: host.json says so.
    private static readonly QueueClientOptions QueueOptions = StorageClients.QueueOptions(QueueMessageEncoding.Base64);

    /// <summary>Connects to nothing yet.</summary>
    /// <exception cref="OperationException">There is neither.</exception>
    public static OperatedStorage Of(AzdEnvironment environment, TokenCredential identity)
    {
        if (Environment.GetEnvironmentVariable("Relay__Storage") is { Length: > 0 } connection)
        {
            return new(
                new BlobContainerClient(connection, StorageNames.State, StorageClients.BlobOptions()),
                new QueueClient(connection, StorageNames.Reports, QueueOptions));
        }

        var state = new Uri(new Uri(environment.Require("RELAY_BLOBS")), StorageNames.State);
        var reports = new Uri(new Uri(environment.Require("RELAY_QUEUES")), StorageNames.Reports);
        return new(
            new BlobContainerClient(state, identity, StorageClients.BlobOptions()),
            new QueueClient(reports, identity, QueueOptions));
    }
}
