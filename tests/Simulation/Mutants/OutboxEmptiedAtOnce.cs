using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Takes the marks away as soon as they are read, before anything is delivered.</summary>
internal sealed class OutboxEmptiedAtOnce(IBlobStore blobs) : BlobDecorator(blobs)
{
    public override async Task<IReadOnlyList<StoredBlob>> ListAsync(string prefix, CancellationToken cancellation)
    {
        var listed = await base.ListAsync(prefix, cancellation);
        foreach (var mark in listed.Where(blob => BlobNames.IsMark(blob.Name) && prefix != "outbox/"))
        {
            await DeleteAsync(mark.Name, BlobCondition.Unchanged(mark), cancellation);
        }

        return listed;
    }
}
