namespace Relay.Incidents;

/// <summary>The rule that decides what to say of an incident next.</summary>
internal static class NextSaying
{
    /// <summary>Decides from where the incident stands, the policy and the time alone.</summary>
    public static Decision Of(Standing standing, IncidentPolicy policy, DateTimeOffset now)
    {
        var (told, hosts) = standing;

        if (hosts.Count == 0)
        {
            return new(Saying.Nothing);
        }

        if (told is null)
        {
            return At(hosts[0].FirstFailedAt + policy.GroupWait, Saying.Announce, now);
        }

        if (!hosts.Any(host => host.IsFailing))
        {
            return new(Saying.Resolve);
        }

        // Also what has recovered before anybody was told of it: every failure is told.
        if (!hosts.All(told.Includes))
        {
            return At(told.At + policy.GroupInterval, Saying.Update, now);
        }

        return hosts.Any(host => host.IsFailing && host.LastFailedAt > told.At) && now >= told.At + policy.RepeatInterval
            ? new(Saying.Remind)
            : new(Saying.Nothing);
    }

    private static Decision At(DateTimeOffset? due, Saying saying, DateTimeOffset now) =>
        now >= due ? new(saying) : new(Saying.Wait, due);
}
