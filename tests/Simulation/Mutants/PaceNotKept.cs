using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Does not store when a route may post again.</summary>
internal sealed class PaceNotKept(IBlobStore blobs) : BlobDecorator(blobs)
{
    public override Task<bool> WriteAsync(string name, BlobContent content, BlobCondition condition, CancellationToken cancellation) =>
        BlobNames.IsPace(name, condition) ? Task.FromResult(true) : base.WriteAsync(name, content, condition, cancellation);
}
