using Relay.Incidents;
using Relay.Storage;

namespace Relay.Routes;

/// <summary>Word that an incident has news, and the blob that says so.</summary>
internal sealed record OutboxMark(Fingerprint Incident, StoredBlob Blob);
