namespace Relay.Incidents;

/// <summary>Where an incident stands now: the hosts that count, and what was told of them. What is over counts no longer.</summary>
/// <param name="Told">What Slack was told last; null for a new incident.</param>
/// <param name="Hosts">Those that failed within <see cref="IncidentPolicy.StaleAfter"/>, or of which nobody was told yet, the earliest failure first.</param>
internal sealed record Standing(Told? Told, IReadOnlyList<HostRecord> Hosts)
{
    /// <summary>Reads it from all that is stored of the incident.</summary>
    public static Standing Of(Told? told, IEnumerable<HostRecord> hosts, IncidentPolicy policy, DateTimeOffset now)
    {
        var current = hosts
            .Where(host => host.IsFresh(now, policy.StaleAfter) || IsUntold(host, told))
            .OrderBy(host => host.FirstFailedAt)
            .ThenBy(host => host.Host, StringComparer.Ordinal)
            .ToList();

        if (told?.Saying == Saying.Resolve)
        {
            // It has to be closed first, or what is left of it would be told again with a failure since then, which begins a new incident.
            return new(null, []);
        }

        var goesOn = told is not null && current.Any(told.Includes);
        return new(goesOn ? told : null, current);
    }

    /// <summary>Slack may have been away for longer than anything stays fresh: what was accepted is told however old it is by then.</summary>
    private static bool IsUntold(HostRecord host, Told? told) => host.LastFailedAt is not null && told?.Includes(host) != true;
}
