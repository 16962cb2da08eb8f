using System.Collections.Immutable;
using Relay.Slack;

namespace Relay.Incidents;

/// <summary>What Slack was last told of an incident.</summary>
/// <param name="Saying">What it was.</param>
/// <param name="At">When Slack took it.</param>
/// <param name="Hosts">The hosts that the incident then had, each with its newest failure that was known.</param>
/// <param name="Message">The incident's own message, if a bot has posted one that can be edited.</param>
public sealed record Told(Saying Saying, DateTimeOffset At, ImmutableDictionary<string, DateTimeOffset> Hosts, PostedMessage? Message)
{
    /// <summary>Whether the host's present stretch of failures was told.</summary>
    /// <remarks>
    /// One that begins later is news, even of a host that was told before. A recovery that comes late may part a stretch: what is left
    /// of it is no news if its begin was known.
    /// </remarks>
    public bool Includes(HostRecord host) => Hosts.TryGetValue(host.Host, out var failed) && host.FirstFailedAt <= failed;
}
