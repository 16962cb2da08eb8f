namespace Relay.Storage;

/// <summary>What has to hold for a write or a deletion to happen.</summary>
/// <param name="ETag">The blob is still as it was read.</param>
/// <param name="IsAbsent">The blob does not exist.</param>
/// <param name="LeaseId">The lease on the blob is held by this id.</param>
public sealed record BlobCondition(string? ETag = null, bool IsAbsent = false, string? LeaseId = null)
{
    /// <summary>Whatever there is.</summary>
    public static BlobCondition None { get; } = new();

    /// <summary>There is no such blob.</summary>
    public static BlobCondition Absent { get; } = new(IsAbsent: true);

    /// <summary>Nobody has written since <paramref name="blob"/> was read; null for one that was not there.</summary>
    public static BlobCondition Unchanged(StoredBlob? blob) => blob is null ? Absent : new(blob.ETag);

    /// <summary>The lease is still ours.</summary>
    public static BlobCondition Leased(string leaseId) => new(LeaseId: leaseId);
}
