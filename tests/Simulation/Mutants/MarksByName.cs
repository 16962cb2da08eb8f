using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Reads the marks in the order of their names, whatever has waited longest.</summary>
internal sealed class MarksByName(IBlobStore blobs) : BlobDecorator(blobs)
{
    public override async Task<IReadOnlyList<StoredBlob>> ListAsync(string prefix, CancellationToken cancellation)
    {
        var listed = await base.ListAsync(prefix, cancellation);
        return BlobNames.IsMark(prefix)
            ? [.. listed.Select(mark => mark with { Metadata = mark.Metadata.Where(one => one.Key != "since").ToDictionary() })]
            : listed;
    }
}
