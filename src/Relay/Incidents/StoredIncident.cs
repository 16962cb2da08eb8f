using Relay.Storage;

namespace Relay.Incidents;

/// <summary>An incident and the blob that it was read from.</summary>
internal sealed record StoredIncident(Incident Incident, StoredBlob Blob);
