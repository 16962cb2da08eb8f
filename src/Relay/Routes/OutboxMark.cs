using Relay.Incidents;
using Relay.Storage;

namespace Relay.Routes;

/// <summary>Word that an incident has news, and the blob that says so.</summary>
/// <param name="At">When the news came.</param>
internal sealed record OutboxMark(Fingerprint Incident, DateTimeOffset At, StoredBlob Blob);
