using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Gives the lease back though the pace after a post could not be stored.</summary>
internal sealed class LeaseGivenBackTooSoon(IBlobStore blobs) : BlobDecorator(blobs)
{
    public override async Task<bool> WriteAsync(string name, BlobContent content, BlobCondition condition, CancellationToken cancellation)
    {
        try
        {
            return await base.WriteAsync(name, content, condition, cancellation);
        }
        catch (StorageUnavailableException) when (BlobNames.IsPace(name, condition))
        {
            await ReleaseLeaseAsync(name, condition.LeaseId ?? "", cancellation);
            throw;
        }
    }
}
