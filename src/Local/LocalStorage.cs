using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Local.Azurite;
using Local.Queue;
using Relay.Storage;
using Relay.Text;

namespace Local;

/// <summary>The storage account of the local relay: the one that is configured, or an Azurite of its own.</summary>
public sealed class LocalStorage : IAsyncDisposable
{
    private readonly AzuriteProcess? _azurite;

    private LocalStorage(AzuriteProcess? azurite, BlobContainerClient state, LocalQueues queues) =>
        (_azurite, State, Queues) = (azurite, state, queues);

    /// <summary>The container of all state.</summary>
    public BlobContainerClient State { get; }

    /// <summary>The queue of reports, and the poison queue.</summary>
    public LocalQueues Queues { get; }

    /// <summary>What the account is, for people.</summary>
    public string Name => _azurite is null ? $"the account {State.AccountName}" : "Azurite, in memory";

    /// <summary>Starts Azurite where nothing else is configured, and makes the container and the queues.</summary>
    /// <exception cref="StartException">Storage cannot be had.</exception>
    public static async Task<LocalStorage> StartAsync(
        string? connectionString,
        QueueSettings settings,
        TextWriter progress,
        CancellationToken cancellation)
    {
        AzuriteProcess? azurite = null;
        if (connectionString is null)
        {
            await AzuriteInstallation.Own.EnsureAsync(progress, cancellation);
            azurite = await AzuriteProcess.StartAsync(AzuriteInstallation.Own, cancellation);
        }

        try
        {
            var storage = Connect(azurite, connectionString ?? azurite!.ConnectionString, settings); // One of the two is there.
            await storage.CreateAsync(cancellation);
            return storage;
        }
        catch
        {
            await (azurite?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    /// <summary>Ends the Azurite that was started here.</summary>
    public ValueTask DisposeAsync() => _azurite?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static LocalStorage Connect(AzuriteProcess? azurite, string connectionString, QueueSettings settings)
    {
        try
        {
            var encoding = Enum.Parse<QueueMessageEncoding>(settings.MessageEncoding, ignoreCase: true);
            return new LocalStorage(
                azurite,
                new BlobContainerClient(connectionString, StorageNames.State, StorageClients.BlobOptions()),
                LocalQueues.Connect(connectionString, encoding));
        }
        catch (FormatException)
        {
            throw new StartException("Relay__Storage is not a connection string of Azure Storage.");
        }
    }

    private async Task CreateAsync(CancellationToken cancellation)
    {
        try
        {
            await State.CreateIfNotExistsAsync(cancellationToken: cancellation);
            await Queues.CreateAsync(cancellation);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            throw new StartException($"Storage does not answer: {FirstLine.Of(e.GetBaseException())}");
        }
    }
}
