using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Relay.Storage;

/// <summary>The state in a container of Azure Blob Storage.</summary>
public sealed class AzureBlobStore(BlobContainerClient container) : IBlobStore
{
    /// <inheritdoc/>
    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation) =>
        AzureFailure.RequestAsync("read a blob", async () =>
        {
            try
            {
                var blob = (await container.GetBlobClient(name).DownloadContentAsync(cancellation)).Value;
                return new StoredBlob(name, blob.Details.ETag.ToString("H"), Decoded(blob.Details.Metadata), blob.Content.ToString());
            }
            catch (RequestFailedException e) when (e.IsNotFound())
            {
                return null;
            }
        }, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredBlob>> ListAsync(string prefix, CancellationToken cancellation) =>
        AzureFailure.RequestAsync("list blobs", async () =>
        {
            var found = new List<StoredBlob>();
            await foreach (var blob in container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix, cancellation))
            {
                // "H" writes the quotes that conditions want; a listing comes without them.
                found.Add(new StoredBlob(blob.Name, blob.Properties.ETag?.ToString("H") ?? "", Decoded(blob.Metadata)));
            }

            return (IReadOnlyList<StoredBlob>)found;
        }, cancellation);

    /// <inheritdoc/>
    public Task<bool> WriteAsync(string name, BlobContent content, BlobCondition condition, CancellationToken cancellation) =>
        AzureFailure.RequestAsync("write a blob", async () =>
        {
            var options = new BlobUploadOptions { Metadata = Encoded(content.Metadata), Conditions = Conditions(condition) };
            try
            {
                await container.GetBlobClient(name).UploadAsync(BinaryData.FromString(content.Text), options, cancellation);
                return true;
            }
            catch (RequestFailedException e) when (e.IsConditionNotMet())
            {
                return false;
            }
        }, cancellation);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string name, BlobCondition condition, CancellationToken cancellation) =>
        AzureFailure.RequestAsync("delete a blob", async () =>
        {
            try
            {
                await container.GetBlobClient(name).DeleteIfExistsAsync(DeleteSnapshotsOption.None, Conditions(condition), cancellation);
                return true;
            }
            catch (RequestFailedException e) when (e.IsConditionNotMet())
            {
                return false;
            }
        }, cancellation);

    /// <inheritdoc/>
    public Task<string?> AcquireLeaseAsync(string name, TimeSpan duration, CancellationToken cancellation) =>
        AzureFailure.RequestAsync("lease a blob", async () =>
        {
            try
            {
                var lease = container.GetBlobClient(name).GetBlobLeaseClient();
                return (await lease.AcquireAsync(duration, cancellationToken: cancellation)).Value.LeaseId;
            }
            catch (RequestFailedException e) when (e.IsConditionNotMet() || e.IsNotFound())
            {
                return null;
            }
        }, cancellation);

    /// <inheritdoc/>
    public Task<bool> RenewLeaseAsync(string name, string leaseId, CancellationToken cancellation) =>
        AzureFailure.RequestAsync("renew a lease", async () =>
        {
            try
            {
                await container.GetBlobClient(name).GetBlobLeaseClient(leaseId).RenewAsync(cancellationToken: cancellation);
                return true;
            }
            catch (RequestFailedException e) when (e.IsConditionNotMet() || e.IsNotFound())
            {
                return false;
            }
        }, cancellation);

    /// <inheritdoc/>
    public Task ReleaseLeaseAsync(string name, string leaseId, CancellationToken cancellation) =>
        AzureFailure.RequestAsync("release a lease", async () =>
        {
            try
            {
                await container.GetBlobClient(name).GetBlobLeaseClient(leaseId).ReleaseAsync(cancellationToken: cancellation);
                return true;
            }
            catch (RequestFailedException e) when (e.IsConditionNotMet() || e.IsNotFound())
            {
                return false;
            }
        }, cancellation);

    private static BlobRequestConditions? Conditions(BlobCondition condition) => condition switch
    {
        { IsAbsent: true } => new() { IfNoneMatch = ETag.All },
        { ETag: { } etag } => new() { IfMatch = new ETag(etag) },
        { LeaseId: { } lease } => new() { LeaseId = lease },
        _ => null,
    };

    /// <summary>Metadata are HTTP headers, which hold ASCII only; a host's name may be anything.</summary>
    private static Dictionary<string, string> Encoded(IReadOnlyDictionary<string, string> metadata) =>
        metadata.ToDictionary(one => one.Key, one => Uri.EscapeDataString(one.Value));

    private static Dictionary<string, string> Decoded(IDictionary<string, string> metadata) =>
        metadata.ToDictionary(one => one.Key, one => Uri.UnescapeDataString(one.Value));
}
