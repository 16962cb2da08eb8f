using System.Collections.Immutable;
using Relay.Incidents;
using Relay.Slack;

namespace Relay.Routes;

/// <summary>An incident with news, and what to say of it.</summary>
/// <param name="Mark">The news, as they were before anything else was read.</param>
/// <param name="Stored">What was told of it; null before the first message.</param>
/// <param name="Hosts">Every record that is stored, also of what is over.</param>
internal sealed record AgendaItem(
    OutboxMark Mark,
    StoredIncident? Stored,
    IReadOnlyList<StoredHost> Hosts,
    Standing Standing,
    Decision Decision)
{
    /// <summary>The hosts with failures that are not over, or that were not settled yet.</summary>
    public IEnumerable<StoredHost> Open => Hosts.Where(host => host.Record.LastFailedAt is not null);

    /// <summary>Whether what the host's record knows of was told and counts no longer.</summary>
    public bool IsOver(HostRecord host) => Stored?.Incident.Told?.Includes(host) == true && !Standing.Hosts.Contains(host);

    /// <summary>The incident as it is kept once <paramref name="notice"/> counts as told at <paramref name="at"/>.</summary>
    public Incident AsTold(Notice notice, PostedMessage? message, DateTimeOffset at)
    {
        // What was told before stays told, also where it counts no longer, until the host is closed.
        var open = Open.Select(host => host.Record.Host).ToHashSet();
        var before = Stored?.Incident.Told?.Hosts.Where(host => open.Contains(host.Key)).ToImmutableDictionary() ?? [];
        var failures = before.SetItems(notice.Hosts.Select(host => KeyValuePair.Create(host.Host, host.LastFailedAt ?? at)));
        return notice.Incident with { Told = new Told(notice.Saying, at, failures, message) };
    }

    /// <summary>Decides for what was read.</summary>
    public static AgendaItem Of(OutboxMark mark, StoredIncident? stored, IReadOnlyList<StoredHost> hosts, RelayRules rules)
    {
        var standing = Standing.Of(stored?.Incident.Told, hosts.Select(host => host.Record), rules.Incidents, rules.Now);
        return new(mark, stored, hosts, standing, NextSaying.Of(standing, rules.Incidents, rules.Now));
    }
}
