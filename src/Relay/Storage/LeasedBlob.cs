namespace Relay.Storage;

/// <summary>A blob that only the holder of its lease may write.</summary>
internal sealed class LeasedBlob(IBlobStore blobs, string name, string leaseId)
{
    /// <summary>The blob as it is.</summary>
    public Task<StoredBlob?> ReadAsync(CancellationToken cancellation) => blobs.ReadAsync(name, cancellation);

    /// <summary>Writes the blob; false if the lease was lost.</summary>
    public Task<bool> WriteAsync(BlobContent content, CancellationToken cancellation) =>
        blobs.WriteAsync(name, content, BlobCondition.Leased(leaseId), cancellation);

    /// <summary>Holds the lease for its whole duration again; false if it was lost.</summary>
    public Task<bool> RenewAsync(CancellationToken cancellation) => blobs.RenewLeaseAsync(name, leaseId, cancellation);

    /// <summary>Gives the lease back.</summary>
    public Task ReleaseAsync(CancellationToken cancellation) => blobs.ReleaseLeaseAsync(name, leaseId, cancellation);
}
