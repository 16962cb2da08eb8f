using Relay.Storage;
using Simulation.Hosting;

namespace Simulation.Mutants;

/// <summary>Closes an incident by deleting it, and only then its hosts.</summary>
internal sealed class IncidentGoneFirst(IBlobStore blobs) : BlobDecorator(blobs)
{
    private readonly Dictionary<Work, List<Func<Task>>> _held = [];

    public override Task<bool> WriteAsync(string name, BlobContent content, BlobCondition condition, CancellationToken cancellation)
    {
        if (!BlobNames.IsHost(name) || content.Text.Length > 0 || Work.Current is not { } work)
        {
            return base.WriteAsync(name, content, condition, cancellation);
        }

        _held.TryAdd(work, []);
        _held[work].Add(() => base.WriteAsync(name, content, condition, cancellation));
        return Task.FromResult(true);
    }

    public override async Task<bool> DeleteAsync(string name, BlobCondition condition, CancellationToken cancellation)
    {
        var deleted = await base.DeleteAsync(name, condition, cancellation);
        if (BlobNames.IsIncident(name) && Work.Current is { } work && _held.Remove(work, out var held))
        {
            foreach (var close in held)
            {
                await close();
            }
        }

        return deleted;
    }
}
