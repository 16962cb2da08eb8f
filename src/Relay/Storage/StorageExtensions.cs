using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace Relay.Storage;

/// <summary>Registers storage.</summary>
public static class StorageExtensions
{
    /// <summary>Adds the container of the relay's state and its queue.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, BlobContainerClient state, QueueClient reports) => services
        .AddSingleton<IBlobStore>(new AzureBlobStore(state))
        .AddSingleton<IMessageQueue>(new AzureMessageQueue(reports));
}
