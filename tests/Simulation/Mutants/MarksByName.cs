using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Reads the marks in the order of their names, whatever has waited longest.</summary>
internal sealed class MarksByName(IBlobStore blobs) : BlobDecorator(blobs)
{
    public override async Task<IReadOnlyList<StoredBlob>> ListAsync(string prefix, CancellationToken cancellation)
    {
        var listed = await base.ListAsync(prefix, cancellation);
        var oldest = listed.Select(SinceOf).Where(since => since is not null).Min(StringComparer.Ordinal);
        return oldest is not null && BlobNames.IsMark(prefix) ? [.. listed.Select(mark => SinceOf(mark) is null ? mark : AllSince(mark, oldest))] : listed;
    }

    private static string? SinceOf(StoredBlob mark) => mark.Metadata.GetValueOrDefault("since");

    private static StoredBlob AllSince(StoredBlob mark, string since) =>
        mark with { Metadata = new Dictionary<string, string>(mark.Metadata) { ["since"] = since } };
}
