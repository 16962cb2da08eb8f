namespace Relay.Incidents;

/// <summary>Where an incident stands now: the hosts that count, and what was told of them. What is over counts no longer.</summary>
/// <param name="Told">What Slack was told last; null for a new incident.</param>
/// <param name="Hosts">Those that failed within <see cref="IncidentPolicy.StaleAfter"/>, the earliest failure first.</param>
public sealed record Standing(Told? Told, IReadOnlyList<HostRecord> Hosts)
{
    /// <summary>Reads it from all that is stored of the incident.</summary>
    public static Standing Of(Told? told, IEnumerable<HostRecord> hosts, IncidentPolicy policy, DateTimeOffset now)
    {
        var fresh = hosts
            .Where(host => host.IsFresh(now, policy.StaleAfter))
            .OrderBy(host => host.FirstFailedAt)
            .ThenBy(host => host.Host, StringComparer.Ordinal)
            .ToList();

        if (told?.Saying == Saying.Resolve)
        {
            // The resolved hosts' records are about to be deleted; a host that failed since then begins a new incident.
            return new(null, [.. fresh.Where(host => host.IsFailing || !told.Hosts.Contains(host.Host))]);
        }

        var goesOn = told is not null && fresh.Any(host => told.Hosts.Contains(host.Host));
        return new(goesOn ? told : null, fresh);
    }
}
