using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace Relay.Storage;

/// <summary>Registers storage.</summary>
public static class StorageExtensions
{
    /// <summary>Adds the relay's queue and container in the accounts of the two clients.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, BlobServiceClient blobs, QueueServiceClient queues) => services
        .AddSingleton<IBlobStore>(new AzureBlobStore(blobs.GetBlobContainerClient(StorageNames.State)))
        .AddSingleton<IMessageQueue>(new AzureMessageQueue(queues.GetQueueClient(StorageNames.Reports)));
}
