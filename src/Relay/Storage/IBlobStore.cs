namespace Relay.Storage;

/// <summary>The container that holds the relay's state. Each call is one request.</summary>
/// <remarks>Every call throws <see cref="StorageUnavailableException"/> when it is not known whether it took effect.</remarks>
public interface IBlobStore
{
    /// <summary>The blob with its content, or null.</summary>
    Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation);

    /// <summary>Every blob whose name begins with <paramref name="prefix"/>, by name, with metadata and without content.</summary>
    Task<IReadOnlyList<StoredBlob>> ListAsync(string prefix, CancellationToken cancellation);

    /// <summary>Writes the whole blob; false if <paramref name="condition"/> does not hold.</summary>
    Task<bool> WriteAsync(string name, BlobContent content, BlobCondition condition, CancellationToken cancellation);

    /// <summary>Deletes the blob; false if <paramref name="condition"/> does not hold. One that is not there is deleted already.</summary>
    Task<bool> DeleteAsync(string name, BlobCondition condition, CancellationToken cancellation);

    /// <summary>Takes the lease on an existing blob for <paramref name="duration"/> (15 to 60 s); null if somebody holds it.</summary>
    Task<string?> AcquireLeaseAsync(string name, TimeSpan duration, CancellationToken cancellation);

    /// <summary>Holds the lease for its whole duration again; false if it was lost.</summary>
    Task<bool> RenewLeaseAsync(string name, string leaseId, CancellationToken cancellation);

    /// <summary>Gives the lease back; one that was lost stays with whoever has it.</summary>
    Task ReleaseLeaseAsync(string name, string leaseId, CancellationToken cancellation);
}
