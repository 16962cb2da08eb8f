using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Relay.Storage;

/// <summary>How the relay talks to Azure Storage.</summary>
public static class StorageClients
{
    /// <summary>Options for blobs.</summary>
    public static BlobClientOptions BlobOptions() => Impatient(new BlobClientOptions());

    /// <summary>Options for queues; the encoding has to be the one in <c>host.json</c>.</summary>
    public static QueueClientOptions QueueOptions(QueueMessageEncoding encoding) =>
        Impatient(new QueueClientOptions { MessageEncoding = encoding });

    /// <summary>Senders keep what the relay cannot take, and the queue delivers again: waiting long for storage helps nobody.</summary>
    private static T Impatient<T>(T options) where T : ClientOptions
    {
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(5);
        return options;
    }
}
