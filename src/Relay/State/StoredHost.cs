using Relay.Incidents;
using Relay.Storage;

namespace Relay.State;

/// <summary>A host's record and the blob that it was read from.</summary>
internal sealed record StoredHost(HostRecord Record, StoredBlob Blob);
