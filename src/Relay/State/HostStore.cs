using System.Text.Json;
using Relay.Incidents;
using Relay.Storage;
using Relay.Text;

namespace Relay.State;

/// <summary>The hosts of an incident: <c>incidents/{fp}/hosts/{key}</c>, the record as metadata, the evidence of its first failure as content.</summary>
internal sealed class HostStore(IBlobStore blobs)
{
    private const int MostAttempts = 20;

    /// <summary>Every host of the incident with the blob that it was read from.</summary>
    public async Task<IReadOnlyList<StoredHost>> ListAsync(Fingerprint incident, CancellationToken cancellation)
    {
        var found = await blobs.ListAsync($"incidents/{incident}/hosts/", cancellation);
        return [.. found.Select(blob => new StoredHost(HostMetadata.Read(blob.Metadata), blob))];
    }

    /// <summary>What the host's present episode of failures began with; null if its record was closed meanwhile.</summary>
    public async Task<Evidence?> ReadEvidenceAsync(StoredHost host, CancellationToken cancellation) =>
        await blobs.ReadAsync(host.Blob.Name, cancellation) is { Content: { Length: > 0 } content }
            ? JsonSerializer.Deserialize(content, StateJson.Compact.Evidence)
            : null;

    /// <summary>Adds what was seen of one host within one incident to its record, again if somebody else has written meanwhile.</summary>
    public async Task ChangeAsync(IReadOnlyList<ReceivedEvent> seen, TimeSpan staleAfter, CancellationToken cancellation)
    {
        var name = $"incidents/{seen[0].Incident}/hosts/{ShortHash.Of(seen[0].Host)}";
        var unknown = new HostRecord { Host = seen[0].Host };
        StoredBlob? blob = null; // Most failures are the host's first, so this tries to create before it reads.

        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var before = blob is null ? unknown : HostMetadata.Read(blob.Metadata);
            var after = seen.Aggregate(before, (host, one) => host.With(one.Evidence, one.ReceivedAt, staleAfter));

            if (ReferenceEquals(after, before))
            {
                return;
            }

            var evidence = after.FirstFailedAt == before.FirstFailedAt && blob?.Content is { Length: > 0 } known
                ? known
                : JsonSerializer.Serialize(WhatBegan(after, seen), StateJson.Compact.Evidence);
            var content = new BlobContent(evidence, HostMetadata.Write(after));
            if (await blobs.WriteAsync(name, content, BlobCondition.Unchanged(blob), cancellation))
            {
                return;
            }

            blob = await blobs.ReadAsync(name, cancellation);
        }

        throw new StorageUnavailableException("keep a host's record", new IOException($"{MostAttempts} attempts were overtaken."));
    }

    /// <summary>Closes the host's record; false if something was written to it since it was read, which may be news.</summary>
    public Task<bool> CloseAsync(StoredHost host, CancellationToken cancellation)
    {
        var closed = new BlobContent("", HostMetadata.Write(host.Record.Closed()));
        return blobs.WriteAsync(host.Blob.Name, closed, BlobCondition.Unchanged(host.Blob), cancellation);
    }

    /// <summary>Deletes the host's record, unless something was written to it since it was read.</summary>
    public Task ForgetAsync(StoredHost host, CancellationToken cancellation) =>
        blobs.DeleteAsync(host.Blob.Name, BlobCondition.Unchanged(host.Blob), cancellation);

    private static Evidence WhatBegan(HostRecord episode, IReadOnlyList<ReceivedEvent> seen) =>
        (seen.FirstOrDefault(one => one.ReceivedAt == episode.FirstFailedAt) ?? seen[0]).Evidence;
}
