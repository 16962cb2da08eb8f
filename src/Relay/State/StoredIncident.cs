using Relay.Incidents;
using Relay.Storage;

namespace Relay.State;

/// <summary>An incident and the blob that it was read from.</summary>
internal sealed record StoredIncident(Incident Incident, StoredBlob Blob);
