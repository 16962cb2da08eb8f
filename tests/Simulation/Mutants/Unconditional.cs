using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Writes and deletes some blobs without looking whether they are still as they were read.</summary>
internal sealed class Unconditional(IBlobStore blobs, Func<string, BlobContent?, bool> concerns) : BlobDecorator(blobs)
{
    public override Task<bool> WriteAsync(string name, BlobContent content, BlobCondition condition, CancellationToken cancellation) =>
        base.WriteAsync(name, content, concerns(name, content) ? BlobCondition.None : condition, cancellation);

    public override Task<bool> DeleteAsync(string name, BlobCondition condition, CancellationToken cancellation) =>
        base.DeleteAsync(name, concerns(name, null) ? BlobCondition.None : condition, cancellation);
}
