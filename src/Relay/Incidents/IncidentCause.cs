namespace Relay.Incidents;

/// <summary>One of the causes of an incident, and the hosts that it is the cause of.</summary>
/// <param name="Cause">As the host that failed last says it.</param>
internal sealed record IncidentCause(Cause Cause, IReadOnlyList<HostRecord> Hosts)
{
    /// <summary>The causes of <paramref name="hosts"/>, the most common first; of two alike the one that was met first.</summary>
    public static IReadOnlyList<IncidentCause> Of(IEnumerable<HostRecord> hosts) =>
    [
        .. hosts
            .Where(host => host.Cause is not null)
            .GroupBy(host => host.Cause?.Key)
            .Select(same => new IncidentCause(same.MaxBy(host => host.LastFailedAt)!.Cause!, [.. same])) // A group is not empty.
            .OrderByDescending(cause => cause.Hosts.Count),
    ];

    /// <summary>Whether the hosts say it in different words, so that the shown ones are an example.</summary>
    public bool IsExample => Hosts.Any(host => host.Cause != Cause);
}
