using System.Text.Json;
using Relay.Incidents;
using Relay.Storage;

namespace Relay.State;

/// <summary>The hosts of an incident: <c>incidents/{fp}/hosts/{key}</c>, the record as metadata, the evidence of its cause as content.</summary>
internal sealed class HostStore(IBlobStore blobs)
{
    private const int MostAttempts = 20;

    /// <summary>Every host of the incident with the blob that it was read from.</summary>
    public async Task<IReadOnlyList<StoredHost>> ListAsync(Fingerprint incident, CancellationToken cancellation)
    {
        var found = await blobs.ListAsync($"incidents/{incident}/hosts/", cancellation);
        return [.. found.Select(blob => new StoredHost(HostMetadata.Read(blob.Metadata), blob))];
    }

    /// <summary>The event that tells of the host's cause; null if its record was closed meanwhile.</summary>
    public async Task<Evidence?> ReadEvidenceAsync(StoredHost host, CancellationToken cancellation) =>
        await blobs.ReadAsync(host.Blob.Name, cancellation) is { Content: { Length: > 0 } content }
            ? JsonSerializer.Deserialize(content, StateJson.Compact.Evidence)
            : null;

    /// <summary>Adds events of one host within one incident to its record, again if somebody else has written meanwhile.</summary>
    /// <param name="expected">Within what time a failure that goes on is expected to be seen again.</param>
    /// <returns>Whether the incident has to be looked at.</returns>
    public async Task<bool> ChangeAsync(IReadOnlyList<ReceivedEvent> received, TimeSpan expected, CancellationToken cancellation)
    {
        var name = $"incidents/{received[0].Incident}/hosts/{received[0].HostKey}";
        var unknown = received[0].UnknownHost();
        StoredBlob? blob = null; // Most failures are the host's first, so this tries to create before it reads.

        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var before = blob is null ? unknown : HostMetadata.Read(blob.Metadata);
            var after = received.Aggregate(before, (host, one) => one.ApplyTo(host));

            if (ReferenceEquals(after, before))
            {
                return true; // It was recorded before, and nobody knows whether it was marked then.
            }

            var content = new BlobContent(EvidenceOf(after, before, blob, received), HostMetadata.Write(after));
            if (await blobs.WriteAsync(name, content, BlobCondition.Unchanged(blob), cancellation))
            {
                return after.HasNewsSince(before, expected);
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

    /// <summary>What is known stays, until another episode begins or another cause shows.</summary>
    private static string EvidenceOf(HostRecord after, HostRecord before, StoredBlob? blob, IReadOnlyList<ReceivedEvent> received)
    {
        if (blob?.Content is { Length: > 0 } known && after.FirstFailedAt == before.FirstFailedAt && after.Cause?.Key == before.Cause?.Key)
        {
            return known;
        }

        var newest = received.Where(one => one.IsFailure).MaxBy(one => one.ReceivedAt);
        return newest is null ? blob?.Content ?? "" : JsonSerializer.Serialize(newest.Evidence, StateJson.Compact.Evidence);
    }
}
