using System.Collections.Immutable;

namespace Relay.Incidents;

/// <summary>The last notification of an incident that Slack took.</summary>
/// <param name="Kind">What it said.</param>
/// <param name="At">When Slack took it.</param>
/// <param name="Hosts">The hosts that the incident then had, each with its newest failure that was known.</param>
/// <param name="Message">The incident's own message, if a bot has posted one that can be edited.</param>
public sealed record LastNotification(
    NotificationKind Kind,
    DateTimeOffset At,
    ImmutableDictionary<string, DateTimeOffset> Hosts,
    PostedMessage? Message)
{
    /// <summary>Whether Slack knows of the host's present episode of failures.</summary>
    /// <remarks>
    /// An episode that begins later is news, even of a host that was named before. A recovery that comes late may part an episode: what
    /// is left of it is no news if its begin was known.
    /// </remarks>
    public bool Includes(HostRecord host) => Hosts.TryGetValue(host.Host, out var failed) && host.FirstFailedAt <= failed;
}
