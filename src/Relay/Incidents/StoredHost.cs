using Relay.Storage;

namespace Relay.Incidents;

/// <summary>A host's record and the blob that it was read from.</summary>
public sealed record StoredHost(HostRecord Record, StoredBlob Blob);
