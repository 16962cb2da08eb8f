using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Relay.Storage;

namespace Functions.Storage;

/// <summary>The storage account of the Functions host, which holds the relay's queue and state as well.</summary>
public sealed record StorageOptions
{
    private const string Blobs = "AzureWebJobsStorage__blobServiceUri";
    private const string Queues = "AzureWebJobsStorage__queueServiceUri";

    // The trigger's is set in host.json, and what it cannot decode would be lost.
    private static readonly QueueClientOptions QueueOptions = StorageClients.QueueOptions(QueueMessageEncoding.Base64);

    private readonly Uri? _blobs;
    private readonly Uri? _queues;

    private StorageOptions(Uri blobs, Uri queues) => (_blobs, _queues) = (blobs, queues);

    private StorageOptions(string connectionString) => ConnectionString = connectionString;

    /// <summary>Of an emulator; null where an identity connects.</summary>
    public string? ConnectionString { get; }

    /// <summary>Reads the connection that the triggers have too.</summary>
    /// <exception cref="FormatException">It is missing, or has a key in it.</exception>
    public static StorageOptions Read(IConfiguration configuration, bool development) => configuration["AzureWebJobsStorage"] switch
    {
        { Length: > 0 } connectionString when development => new(connectionString),
        { Length: > 0 } => throw new FormatException(
            $"AzureWebJobsStorage holds a connection string. The relay connects by identity only: remove it and set {Blobs} and {Queues}."),
        _ => new(ReadUri(configuration, Blobs), ReadUri(configuration, Queues)),
    };

    /// <summary>The container of all state.</summary>
    public BlobContainerClient State(TokenCredential identity) => _blobs is { } blobs
        ? new(new Uri(blobs, StorageNames.State), identity, StorageClients.BlobOptions())
        : new(ConnectionString, StorageNames.State, StorageClients.BlobOptions());

    /// <summary>One of the relay's queues.</summary>
    public QueueClient Queue(string name, TokenCredential identity) => _queues is { } queues
        ? new(new Uri(queues, name), identity, QueueOptions)
        : new(ConnectionString, name, QueueOptions);

    private static Uri ReadUri(IConfiguration configuration, string name) =>
        Uri.TryCreate($"{configuration[name.Replace("__", ":", StringComparison.Ordinal)]?.TrimEnd('/')}/", UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps
            ? uri
            : throw new FormatException(
                $"{name} is not the https address of a storage service, "
                + $"such as https://account.{(name == Blobs ? "blob" : "queue")}.core.windows.net.");
}
