namespace Relay.Incidents;

/// <summary>An incident as it is at one time: the hosts that count, and what Slack knows of them. What is over counts no longer.</summary>
/// <param name="Last">The last notification; null for a new incident.</param>
/// <param name="Hosts">
/// Those that failed within <see cref="IncidentPolicy.StaleAfter"/>, or that no notification has named yet, the earliest failure first.
/// </param>
internal sealed record IncidentSnapshot(LastNotification? Last, IReadOnlyList<HostRecord> Hosts)
{
    /// <summary>Takes it from all that is stored of the incident.</summary>
    public static IncidentSnapshot Of(LastNotification? last, IEnumerable<HostRecord> hosts, IncidentPolicy policy, DateTimeOffset now)
    {
        var current = hosts
            .Where(host => host.IsFresh(now, policy.StaleAfter) || IsNews(host, last))
            .OrderBy(host => host.FirstFailedAt)
            .ThenBy(host => host.Host, StringComparer.Ordinal)
            .ToList();

        if (last?.Kind == NotificationKind.Resolve)
        {
            // It has to be closed first: a failure since then begins a new incident, which must not name again what is left of this one.
            return new(null, []);
        }

        var goesOn = last is not null && current.Any(last.Includes);
        return new(goesOn ? last : null, current);
    }

    /// <summary>Slack may have been away for longer than anything stays fresh: what was accepted reaches it however old it is by then.</summary>
    private static bool IsNews(HostRecord host, LastNotification? last) =>
        host.LastFailedAt is not null && last?.Includes(host) != true;
}
