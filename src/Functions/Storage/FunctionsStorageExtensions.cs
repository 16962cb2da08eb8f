using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Relay.Storage;

namespace Functions.Storage;

/// <summary>Registers storage.</summary>
public static class FunctionsStorageExtensions
{
    /// <summary>Adds the state and the queue, each made when it is first asked for: a function that receives reports never asks for the state.</summary>
    public static IServiceCollection AddFunctionsStorage(this IServiceCollection services, StorageOptions options)
    {
        if (options.ConnectionString is not null)
        {
            services.AddHostedService(provider => new EmulatedStorage(options, Identity(provider)));
        }

        return services
            .AddSingleton(provider => options.Queue(StorageNames.Reports, Identity(provider)))
            .AddSingleton<IMessageQueue, AzureMessageQueue>()
            .AddSingleton<IBlobStore>(provider => new AzureBlobStore(options.State(Identity(provider))));
    }

    private static TokenCredential Identity(IServiceProvider provider) => provider.GetRequiredService<TokenCredential>();
}
