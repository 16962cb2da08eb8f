using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Does not look for routes whose flush was lost.</summary>
internal sealed class NothingResumed(IBlobStore blobs) : BlobDecorator(blobs)
{
    public override Task<IReadOnlyList<StoredBlob>> ListAsync(string prefix, CancellationToken cancellation) =>
        prefix == "outbox/" ? Task.FromResult<IReadOnlyList<StoredBlob>>([]) : base.ListAsync(prefix, cancellation);
}
