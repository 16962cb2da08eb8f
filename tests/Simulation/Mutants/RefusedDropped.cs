using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Does not keep what Slack refuses in every form.</summary>
internal sealed class RefusedDropped(IBlobStore blobs) : BlobDecorator(blobs)
{
    public override Task<bool> WriteAsync(string name, BlobContent content, BlobCondition condition, CancellationToken cancellation) =>
        name.StartsWith("parked/incidents/", StringComparison.Ordinal) ? Task.FromResult(true) : base.WriteAsync(name, content, condition, cancellation);
}
