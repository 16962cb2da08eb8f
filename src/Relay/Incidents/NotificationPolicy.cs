namespace Relay.Incidents;

/// <summary>The rule that decides when Slack is notified of an incident next, and of what.</summary>
internal static class NotificationPolicy
{
    /// <summary>Decides from the incident as it is, the policy and the time alone.</summary>
    public static Decision Decide(IncidentSnapshot incident, IncidentPolicy policy, DateTimeOffset now)
    {
        var (last, hosts) = incident;
        if (hosts.Count == 0)
        {
            return new Decision.Nothing();
        }

        if (last is null)
        {
            return NotBefore(hosts[0].FirstFailedAt + policy.GroupWait, NotificationKind.Announce, now);
        }

        if (!hosts.Any(host => host.IsFailing))
        {
            return new Decision.Notify(NotificationKind.Resolve);
        }

        // Also what recovered before a notification named it: every failure reaches Slack.
        if (!hosts.All(last.Includes))
        {
            return NotBefore(last.At + policy.GroupInterval, NotificationKind.Update, now);
        }

        return hosts.Any(host => host.IsFailing && host.LastFailedAt > last.At) && now >= last.At + policy.RepeatInterval
            ? new Decision.Notify(NotificationKind.Remind)
            : new Decision.Nothing();
    }

    private static Decision NotBefore(DateTimeOffset? due, NotificationKind kind, DateTimeOffset now) =>
        due > now ? new Decision.Wait(due.Value) : new Decision.Notify(kind);
}
