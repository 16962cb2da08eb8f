using Relay.Incidents;
using Relay.Storage;

namespace Relay.State;

/// <summary>Says that an incident has news, and in which blob that stands.</summary>
/// <param name="At">When the news came.</param>
internal sealed record OutboxMark(Fingerprint Incident, DateTimeOffset At, StoredBlob Blob);
