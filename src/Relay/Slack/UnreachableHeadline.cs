using Relay.Incidents;

namespace Relay.Slack;

/// <summary>The title where hosts cannot be reached: they are its subject.</summary>
internal static class UnreachableHeadline
{
    public static string Of(NotificationKind kind, IncidentHosts hosts) => kind switch
    {
        NotificationKind.Announce => $"{Headline.Some(hosts, hosts.All)} {Are(hosts.All)} unreachable{Recovered(hosts)}",
        NotificationKind.Update when hosts.Joined is [var one] =>
            $"{Headline.Name(hosts, one)} {Are(hosts.Joined)} unreachable too ({Total(hosts)} hosts in all)",
        NotificationKind.Update when hosts.Joined.Count > 1 =>
            $"{Headline.Number(hosts.Joined.Count)} more hosts {Are(hosts.Joined)} unreachable ({Total(hosts)} in all)",
        NotificationKind.Update => $"{Headline.Some(hosts, hosts.New)} {Are(hosts.New)} unreachable {FailedHeadline.AnotherCause(hosts)}",
        NotificationKind.Return => $"{Headline.Some(hosts, hosts.Broken)} {Are(hosts.Broken)} unreachable again",
        NotificationKind.Remind => $"{Headline.Some(hosts, hosts.Failing)} {Are(hosts.Failing)} still unreachable",
        _ when hosts.Well.Count == 0 =>
            $"{Headline.Some(hosts, hosts.All)} {Are(hosts.All, false)} unreachable, and nothing was heard of that since",
        _ when hosts.Failing.Count > 0 =>
            $"{Headline.Number(hosts.Well.Count)} of {Headline.Number(hosts.All.Count)} hosts {Are(hosts.Well, true)} reachable again",
        _ when hosts.Well is [var one] => $"{Headline.Name(hosts, one)} is reachable again",
        _ => $"{(hosts.Well.Count == 2 ? "Both" : $"All {Headline.Number(hosts.Well.Count)}")} hosts are reachable again",
    };

    private static string Total(IncidentHosts hosts) => Headline.Number(hosts.All.Count) + hosts.OfAll(hosts.All);

    private static string Recovered(IncidentHosts hosts) =>
        hosts.Failing.Count > 0 && hosts.Well.Count > 0 ? $", {Headline.Number(hosts.Failing.Count)} still {Are(hosts.Failing)}" : "";

    private static string Are(IReadOnlyList<HostRecord> hosts) => Are(hosts, hosts.All(host => host.IsFailing));

    private static string Are(IReadOnlyList<HostRecord> hosts, bool now) => (hosts.Count == 1, now) switch
    {
        (true, true) => "is",
        (true, false) => "was",
        (false, true) => "are",
        (false, false) => "were",
    };
}
