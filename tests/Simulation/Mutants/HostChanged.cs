using Relay.Incidents;
using Relay.State;
using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Changes what is recorded of a host: <paramref name="merge"/> gets the record as it was and as it is to be.</summary>
internal sealed class HostChanged(IBlobStore blobs, Func<HostRecord, HostRecord, HostRecord> merge) : BlobDecorator(blobs)
{
    public override async Task<bool> WriteAsync(string name, BlobContent content, BlobCondition condition, CancellationToken cancellation)
    {
        if (BlobNames.IsHost(name) && content.Text.Length > 0 && await ReadAsync(name, cancellation) is { } known)
        {
            var merged = merge(HostMetadata.Read(known.Metadata), HostMetadata.Read(content.Metadata));
            content = new BlobContent(content.Text, HostMetadata.Write(merged));
        }

        return await base.WriteAsync(name, content, condition, cancellation);
    }
}
