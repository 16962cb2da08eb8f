using Relay.Storage;
using Simulation.Hosting;

namespace Simulation.Ports;

/// <summary>The blobs of the world, over the network.</summary>
internal sealed class CalledBlobs(Calls calls, World world) : IBlobStore
{
    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation) =>
        CallAsync("read", name, () => world.Blobs.ReadAsync(name, CancellationToken.None), cancellation);

    public Task<IReadOnlyList<StoredBlob>> ListAsync(string prefix, CancellationToken cancellation) =>
        CallAsync("list", prefix, () => world.Blobs.ListAsync(prefix, CancellationToken.None), cancellation);

    public Task<bool> WriteAsync(string name, BlobContent content, BlobCondition condition, CancellationToken cancellation)
    {
        var work = Work.Current;
        return CallAsync("write", name, async () =>
        {
            var written = await world.Blobs.WriteAsync(name, content, condition, CancellationToken.None);
            if (written)
            {
                world.History.Wrote(work, name, content);
            }

            return written;
        }, cancellation);
    }

    public Task<bool> DeleteAsync(string name, BlobCondition condition, CancellationToken cancellation) =>
        CallAsync("unlink", name, () => world.Blobs.DeleteAsync(name, condition, CancellationToken.None), cancellation);

    public Task<string?> AcquireLeaseAsync(string name, TimeSpan duration, CancellationToken cancellation)
    {
        var work = Work.Current;
        string? lease = null;
        return CallAsync("lease", name, async () =>
        {
            // Where the client library asks a second time, it does so for the lease that it has already.
            lease ??= await world.Blobs.AcquireLeaseAsync(name, duration, CancellationToken.None);
            if (lease is not null && work is not null)
            {
                world.History.Leased(work, name);
            }

            return lease;
        }, cancellation);
    }

    public Task<bool> RenewLeaseAsync(string name, string leaseId, CancellationToken cancellation) =>
        CallAsync("renew", name, () => world.Blobs.RenewLeaseAsync(name, leaseId, CancellationToken.None), cancellation, leadsToPost: true);

    public Task ReleaseLeaseAsync(string name, string leaseId, CancellationToken cancellation) => CallAsync("release", name, async () =>
    {
        await world.Blobs.ReleaseLeaseAsync(name, leaseId, CancellationToken.None);
        return true;
    }, cancellation);

    private Task<T> CallAsync<T>(string verb, string name, Func<Task<T>> effect, CancellationToken cancellation, bool leadsToPost = false) =>
        calls.MakeAsync(new Call(CallKind.Blob, verb, name, leadsToPost), effect, () => throw Away(verb), cancellation);

    private static StorageUnavailableException Away(string verb) => new($"{verb} a blob", new IOException("No answer."));
}
