namespace Relay.State;

/// <summary>All that is stored of incidents: which have news, what Slack shows of them, and how their hosts are.</summary>
internal sealed record IncidentStores(Outbox Outbox, IncidentStore Incidents, HostStore Hosts);
