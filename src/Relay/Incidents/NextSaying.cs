namespace Relay.Incidents;

/// <summary>The rule that decides what to say of an incident next.</summary>
public static class NextSaying
{
    /// <summary>Decides from what Slack was told, the incident's hosts, the policy and the time alone.</summary>
    /// <param name="told">What Slack was told last; null before the first message.</param>
    public static Decision Of(Told? told, IReadOnlyCollection<HostRecord> hosts, IncidentPolicy policy, DateTimeOffset now)
    {
        var known = told is not null && !IsOver(told, hosts, policy, now) ? told : null;
        return known is null ? First(told, hosts, policy, now) : Next(known, hosts, policy, now);
    }

    /// <summary>Whether what was told is of an incident that is over, so that a failure now is a new one.</summary>
    public static bool IsOver(Told told, IReadOnlyCollection<HostRecord> hosts, IncidentPolicy policy, DateTimeOffset now) =>
        told.Saying == Saying.Resolve
        || !hosts.Any(host => told.Hosts.Contains(host.Host) && host.IsFresh(now, policy.StaleAfter));

    private static Decision First(Told? over, IReadOnlyCollection<HostRecord> hosts, IncidentPolicy policy, DateTimeOffset now)
    {
        // After a resolution, its hosts' records are about to go; only a host that fails again matters then.
        var news = hosts
            .Where(host => host.IsFresh(now, policy.StaleAfter))
            .Where(host => over is null || host.IsFailing || !over.Hosts.Contains(host.Host))
            .ToList();

        if (news.Count == 0)
        {
            return new(Saying.Nothing);
        }

        return At(news.Min(host => host.FirstFailedAt) + policy.GroupWait, Saying.Announce, now);
    }

    private static Decision Next(Told told, IReadOnlyCollection<HostRecord> hosts, IncidentPolicy policy, DateTimeOffset now)
    {
        var fresh = hosts.Where(host => host.IsFresh(now, policy.StaleAfter)).ToList();

        if (!fresh.Any(host => host.IsFailing))
        {
            return new(Saying.Resolve);
        }

        // A host that has recovered before anybody was told of it counts too: every failure is told.
        if (fresh.Any(host => !told.Hosts.Contains(host.Host)))
        {
            return At(told.At + policy.GroupInterval, Saying.Update, now);
        }

        return fresh.Any(host => host.IsFailing && host.LastFailedAt > told.At) && now >= told.At + policy.RepeatInterval
            ? new(Saying.Remind)
            : new(Saying.Nothing);
    }

    private static Decision At(DateTimeOffset? due, Saying saying, DateTimeOffset now) =>
        now >= due ? new(saying) : new(Saying.Wait, due);
}
