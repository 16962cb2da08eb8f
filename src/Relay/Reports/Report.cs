namespace Relay.Reports;

/// <summary>What one Ansible run reports; the contract is <c>report.schema.json</c>, version 1.</summary>
/// <param name="Channel">Names the route to Slack; null, or a name the relay does not know, means the default route.</param>
public sealed record Report(string? Channel, Run Run, IReadOnlyList<Event> Events);
