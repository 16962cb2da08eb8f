using Azure.Core;
using Microsoft.Extensions.Hosting;
using Relay.Storage;

namespace Functions.Storage;

/// <summary>Makes the queues and the container in an emulator, before the first trigger looks for them.</summary>
/// <remarks>In Azure they are part of the deployment.</remarks>
internal sealed class EmulatedStorage(StorageOptions options, TokenCredential identity) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await options.State(identity).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await options.Queue(StorageNames.Reports, identity).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await options.Queue(StorageNames.Poison, identity).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
