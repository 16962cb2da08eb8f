using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Blobs as they are, for bugs that change some of it.</summary>
internal abstract class BlobDecorator(IBlobStore blobs) : IBlobStore
{
    public virtual Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation) => blobs.ReadAsync(name, cancellation);

    public virtual Task<IReadOnlyList<StoredBlob>> ListAsync(string prefix, CancellationToken cancellation) => blobs.ListAsync(prefix, cancellation);

    public virtual Task<bool> WriteAsync(string name, BlobContent content, BlobCondition condition, CancellationToken cancellation) =>
        blobs.WriteAsync(name, content, condition, cancellation);

    public virtual Task<bool> DeleteAsync(string name, BlobCondition condition, CancellationToken cancellation) =>
        blobs.DeleteAsync(name, condition, cancellation);

    public virtual Task<string?> AcquireLeaseAsync(string name, TimeSpan duration, CancellationToken cancellation) =>
        blobs.AcquireLeaseAsync(name, duration, cancellation);

    public virtual Task<bool> RenewLeaseAsync(string name, string leaseId, CancellationToken cancellation) =>
        blobs.RenewLeaseAsync(name, leaseId, cancellation);

    public virtual Task ReleaseLeaseAsync(string name, string leaseId, CancellationToken cancellation) =>
        blobs.ReleaseLeaseAsync(name, leaseId, cancellation);
}
