using System.Text.Json;
using Relay.Storage;

namespace Relay.Incidents;

/// <summary>What was told of an incident: <c>incidents/{fp}/incident</c>. Only whoever holds the turn of its route writes it.</summary>
public sealed class IncidentStore(IBlobStore blobs)
{
    /// <summary>The incident, or null before anything was told of it.</summary>
    public async Task<Incident?> ReadAsync(Fingerprint incident, CancellationToken cancellation) =>
        await blobs.ReadAsync(Name(incident), cancellation) is { Content: { } content }
            ? JsonSerializer.Deserialize(content, RelayJson.Compact.Incident)
            : null;

    /// <summary>Keeps the incident.</summary>
    public Task WriteAsync(Incident incident, CancellationToken cancellation) => blobs.WriteAsync(
        Name(incident.Fingerprint),
        new BlobContent(JsonSerializer.Serialize(incident, RelayJson.Compact.Incident)),
        BlobCondition.None,
        cancellation);

    /// <summary>Forgets the incident.</summary>
    public Task DeleteAsync(Fingerprint incident, CancellationToken cancellation) =>
        blobs.DeleteAsync(Name(incident), BlobCondition.None, cancellation);

    private static string Name(Fingerprint incident) => $"incidents/{incident}/incident";
}
