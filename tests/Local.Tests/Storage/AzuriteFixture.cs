using System.Reflection;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Local.Azurite;
using Local.Queue;
using Local.Tests.Storage;
using Relay.Storage;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Local.Tests.Storage;

/// <summary>One Azurite for all tests, in the installation of src/Local; each test has containers and queues of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteProcess? _azurite;

    public string ConnectionString => _azurite?.ConnectionString ?? throw new InvalidOperationException("Azurite has not started.");

    public async ValueTask InitializeAsync()
    {
        var folder = typeof(AzuriteFixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "AzuriteFolder").Value;
        var installation = new AzuriteInstallation(folder!); // The project file sets it.
        await installation.EnsureAsync(TextWriter.Null, CancellationToken.None);
        _azurite = await AzuriteProcess.StartAsync(installation, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _azurite?.DisposeAsync() ?? ValueTask.CompletedTask;

    public async Task<BlobContainerClient> CreateContainerAsync()
    {
        var container = new BlobContainerClient(ConnectionString, $"c{Guid.NewGuid():n}", StorageClients.BlobOptions());
        await container.CreateAsync();
        return container;
    }

    public async Task<LocalQueues> CreateQueuesAsync()
    {
        var queues = LocalQueues.Connect(ConnectionString, QueueMessageEncoding.Base64, $"q{Guid.NewGuid():n}");
        await queues.CreateAsync(CancellationToken.None);
        return queues;
    }

    public async Task<QueueClient> CreateQueueAsync() => (await CreateQueuesAsync()).Reports;
}
