using System.Collections.Immutable;

namespace Relay.Incidents;

/// <summary>What Slack was last told of an incident.</summary>
/// <param name="Saying">What it was.</param>
/// <param name="At">When Slack took it.</param>
/// <param name="Hosts">The hosts that the incident then had, each with the begin of its stretch of failures.</param>
/// <param name="Ts">Slack's name for the message; null from an incoming webhook, which gives none.</param>
public sealed record Told(Saying Saying, DateTimeOffset At, ImmutableDictionary<string, DateTimeOffset> Hosts, string? Ts)
{
    /// <summary>Whether the host's present stretch of failures was told. One that begins later is news, even of a host that was told before.</summary>
    public bool Includes(HostRecord host) => Hosts.TryGetValue(host.Host, out var began) && host.FirstFailedAt <= began;
}
