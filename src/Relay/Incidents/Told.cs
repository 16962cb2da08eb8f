using System.Collections.Immutable;

namespace Relay.Incidents;

/// <summary>What Slack was last told of an incident.</summary>
/// <param name="Saying">What it was.</param>
/// <param name="At">When Slack took it.</param>
/// <param name="Hosts">Every host that any message of the incident has counted.</param>
/// <param name="Ts">Slack's name for the message; null from an incoming webhook, which gives none.</param>
public sealed record Told(Saying Saying, DateTimeOffset At, ImmutableHashSet<string> Hosts, string? Ts);
