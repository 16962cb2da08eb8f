using System.Text.Json;
using Relay.Incidents;
using Relay.Storage;

namespace Relay.State;

/// <summary>What Slack shows of an incident: <c>incidents/{fp}/incident</c>.</summary>
/// <remarks>Only flushes of its route write it, and only over what they have read.</remarks>
internal sealed class IncidentStore(IBlobStore blobs)
{
    /// <summary>The incident, or null before its first notification.</summary>
    public async Task<StoredIncident?> ReadAsync(Fingerprint incident, CancellationToken cancellation) =>
        await blobs.ReadAsync(Name(incident), cancellation) is { Content: { } content } blob
        && JsonSerializer.Deserialize(content, StateJson.Compact.Incident) is { } found
            ? new StoredIncident(found, blob)
            : null;

    /// <summary>Keeps the incident in place of <paramref name="read"/>; false if another flush has written meanwhile.</summary>
    public Task<bool> WriteAsync(Incident incident, StoredIncident? read, CancellationToken cancellation) =>
        blobs.WriteAsync(Name(incident.Fingerprint), Content(incident), BlobCondition.Unchanged(read?.Blob), cancellation);

    /// <summary>Forgets the incident; false if another flush has written meanwhile.</summary>
    public Task<bool> DeleteAsync(StoredIncident read, CancellationToken cancellation) =>
        blobs.DeleteAsync(read.Blob.Name, BlobCondition.Unchanged(read.Blob), cancellation);

    /// <summary>Keeps an incident that Slack refuses in every form for a person to look at: <c>parked/incidents/{route}/{time}-{fp}</c>.</summary>
    public Task ParkAsync(Incident incident, DateTimeOffset at, CancellationToken cancellation)
    {
        var name = ParkedName.Of($"incidents/{incident.Route}", at, $"{incident.Fingerprint}");
        return blobs.WriteAsync(name, Content(incident), BlobCondition.None, cancellation);
    }

    private static BlobContent Content(Incident incident) => new(JsonSerializer.Serialize(incident, StateJson.Compact.Incident));

    private static string Name(Fingerprint incident) => $"incidents/{incident}/incident";
}
