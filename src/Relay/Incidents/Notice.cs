namespace Relay.Incidents;

/// <summary>What one message tells of one incident.</summary>
/// <param name="Incident">With what Slack was told before.</param>
/// <param name="Hosts">Every host that counts now, the earliest failure first.</param>
internal sealed record Notice(Saying Saying, Incident Incident, IReadOnlyList<HostRecord> Hosts);
