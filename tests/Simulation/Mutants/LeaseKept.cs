using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Never gives a lease back.</summary>
internal sealed class LeaseKept(IBlobStore blobs) : BlobDecorator(blobs)
{
    public override Task ReleaseLeaseAsync(string name, string leaseId, CancellationToken cancellation) => Task.CompletedTask;
}
