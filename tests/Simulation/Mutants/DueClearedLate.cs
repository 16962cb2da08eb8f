using Relay.Storage;
using Simulation.Hosting;

namespace Simulation.Mutants;

/// <summary>Forgets the due flush only when the outbox has been listed.</summary>
internal sealed class DueClearedLate(IBlobStore blobs) : BlobDecorator(blobs)
{
    private readonly Dictionary<(Work?, string), Func<Task>> _held = [];

    public override Task<bool> WriteAsync(string name, BlobContent content, BlobCondition condition, CancellationToken cancellation)
    {
        if (!BlobNames.IsDue(name) || content.Metadata.Count > 0)
        {
            return base.WriteAsync(name, content, condition, cancellation);
        }

        _held[(Work.Current, BlobNames.MarksOf(name))] = () => base.WriteAsync(name, content, condition, cancellation);
        return Task.FromResult(true);
    }

    public override async Task<IReadOnlyList<StoredBlob>> ListAsync(string prefix, CancellationToken cancellation)
    {
        var listed = await base.ListAsync(prefix, cancellation);
        if (_held.Remove((Work.Current, prefix), out var clear))
        {
            await clear();
        }

        return listed;
    }
}
