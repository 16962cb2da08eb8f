using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Believes that a lease, once taken, is held until it is given back.</summary>
internal sealed class LeaseNotRenewed(IBlobStore blobs) : BlobDecorator(blobs)
{
    public override Task<bool> RenewLeaseAsync(string name, string leaseId, CancellationToken cancellation) => Task.FromResult(true);
}
