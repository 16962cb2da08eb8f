using System.Globalization;
using Relay.Storage;

namespace Relay.Tests.Storage;

/// <summary>Blobs with the rules of the service: ETags change with every write, and a leased blob is its holder's.</summary>
public sealed class InMemoryBlobStore(TimeProvider time) : IBlobStore
{
    private readonly SortedDictionary<string, StoredBlob> _blobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Id, DateTimeOffset Ends, TimeSpan Duration)> _leases = [];
    private int _etags;

    /// <summary>Runs before every call with the call's and the blob's name; what it throws is what storage does.</summary>
    public Func<string, string, Task> BeforeCall { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Which blobs somebody else holds a lease of, so that nothing can be written to them.</summary>
    public Func<string, bool> IsHeld { get; set; } = _ => false;

    public IEnumerable<string> Names => _blobs.Keys;

    /// <summary>Everything that is stored.</summary>
    public IEnumerable<StoredBlob> Blobs => _blobs.Values;

    public bool IsLeased(string name) => LeaseOf(name) is not null;

    public async Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation)
    {
        await BeforeCall("read", name);
        return _blobs.GetValueOrDefault(name);
    }

    public async Task<IReadOnlyList<StoredBlob>> ListAsync(string prefix, CancellationToken cancellation)
    {
        await BeforeCall("list", prefix);
        return [.. _blobs.Values.Where(blob => blob.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(blob => blob with { Content = null })];
    }

    public async Task<bool> WriteAsync(string name, BlobContent content, BlobCondition condition, CancellationToken cancellation)
    {
        await BeforeCall("write", name);
        if (!Holds(name, condition))
        {
            return false;
        }

        var etag = (++_etags).ToString(CultureInfo.InvariantCulture);
        _blobs[name] = new StoredBlob(name, etag, new Dictionary<string, string>(content.Metadata), content.Text);
        return true;
    }

    public async Task<bool> DeleteAsync(string name, BlobCondition condition, CancellationToken cancellation)
    {
        await BeforeCall("delete", name);
        return !_blobs.ContainsKey(name) || (Holds(name, condition) && _blobs.Remove(name));
    }

    public async Task<string?> AcquireLeaseAsync(string name, TimeSpan duration, CancellationToken cancellation)
    {
        await BeforeCall("acquire", name);
        if (!_blobs.ContainsKey(name) || LeaseOf(name) is not null)
        {
            return null;
        }

        var id = $"lease-{++_etags}";
        _leases[name] = (id, time.GetUtcNow() + duration, duration);
        return id;
    }

    public async Task<bool> RenewLeaseAsync(string name, string leaseId, CancellationToken cancellation)
    {
        await BeforeCall("renew", name);

        // One that has ended is still its holder's until somebody else takes it.
        if (!_leases.TryGetValue(name, out var lease) || lease.Id != leaseId)
        {
            return false;
        }

        _leases[name] = lease with { Ends = time.GetUtcNow() + lease.Duration };
        return true;
    }

    public async Task ReleaseLeaseAsync(string name, string leaseId, CancellationToken cancellation)
    {
        await BeforeCall("release", name);
        if (LeaseOf(name) == leaseId)
        {
            _leases.Remove(name);
        }
    }

    private bool Holds(string name, BlobCondition condition) =>
        !IsHeld(name)
        && (LeaseOf(name) is not { } lease || lease == condition.LeaseId)
        && condition switch
        {
            { IsAbsent: true } => !_blobs.ContainsKey(name),
            { ETag: { } etag } => _blobs.TryGetValue(name, out var blob) && blob.ETag == etag,
            { LeaseId: { } id } => LeaseOf(name) == id,
            _ => true,
        };

    private string? LeaseOf(string name) =>
        _leases.TryGetValue(name, out var lease) && lease.Ends > time.GetUtcNow() ? lease.Id : null;
}
