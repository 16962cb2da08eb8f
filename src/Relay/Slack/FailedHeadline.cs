using Relay.Incidents;

namespace Relay.Slack;

/// <summary>What follows the name of a task in the title of its incident.</summary>
internal static class FailedHeadline
{
    public static string Of(Notification notification, IncidentHosts hosts) => notification.Kind switch
    {
        NotificationKind.Announce => $" failed on {Headline.Some(hosts, hosts.All)}{Items(notification, hosts)}{Recovered(hosts)}",
        NotificationKind.Update when hosts.Joined.Count > 0 => $" failed on {Joined(hosts)}{NewCauses(hosts)} ({InAll(hosts)})",
        NotificationKind.Update => $" failed on {Headline.Some(hosts, hosts.New)} {AnotherCause(hosts)}{Others(hosts)}",
        NotificationKind.Return when hosts.Failing.Count > 0 =>
            $" fails again on {Headline.Some(hosts, hosts.Failing)}, {Times(notification)}",
        NotificationKind.Return => $" failed again on {Headline.Some(hosts, hosts.Broken)}, and is fixed",
        NotificationKind.Remind => $" still fails on {Headline.Some(hosts, hosts.Failing)}",
        _ when hosts.Well.Count == 0 => $" failed on {Headline.Some(hosts, hosts.All)}, and nothing was heard of it since",
        _ when hosts.IsFirst && notification.Detail != Detail.Whole => $" was broken on {Every(hosts)}, and is fixed",
        _ => $" is fixed on {Every(hosts)}",
    };

    /// <summary>How often the incident has begun by now.</summary>
    public static string Times(Notification notification) => Ordinal((notification.Incident.LastNotification?.Returns ?? 0) + 2);

    /// <summary>The cause of a host that was named before: one that nobody has read of, or one that another host has.</summary>
    public static string AnotherCause(IncidentHosts hosts) => hosts.NewCauses > 0 ? "with a new cause" : "with another cause";

    private static string Items(Notification notification, IncidentHosts hosts) =>
        hosts.IsOne && LoopItems.Of(notification.Incident.Evidence.Event) is { Count: > 0 } items ? $", for {items.Number}" : "";

    private static string Recovered(IncidentHosts hosts) => hosts switch
    {
        { Well.Count: 0 } or { Failing.Count: 0 } => "",
        { Well.Count: 1 } => ", one of them is well again",
        _ => $", {Headline.Number(hosts.Well.Count)} of them are well again",
    };

    private static string Joined(IncidentHosts hosts) =>
        hosts.Joined is [var one] ? $"{Headline.Name(hosts, one)} too" : $"{Headline.Number(hosts.Joined.Count)} more hosts";

    private static string NewCauses(IncidentHosts hosts) => hosts.NewCauses switch
    {
        0 => "",
        1 => ", with a new cause",
        var count => $", with {count} new causes",
    };

    private static string InAll(IncidentHosts hosts) =>
        $"{Headline.Number(hosts.All.Count)}{hosts.OfAll(hosts.All)}{(hosts.Joined.Count > 1 ? "" : " hosts")} in all";

    private static string Others(IncidentHosts hosts) => hosts.All.Count > hosts.New.Count ? $" ({InAll(hosts)})" : "";

    private static string Every(IncidentHosts hosts) => hosts switch
    {
        { Well: [var one], Failing.Count: 0 } => Headline.Name(hosts, one),
        { Failing.Count: > 0 } => $"{Headline.Number(hosts.Well.Count)} of {Headline.Number(hosts.All.Count)} hosts",
        { Well.Count: 2 } => "both hosts",
        _ => $"all {Headline.Number(hosts.Well.Count)} hosts",
    };

    private static string Ordinal(int number) => (number % 100, number % 10) switch
    {
        (not 12, 2) => $"the {number}nd time",
        (not 11, 1) => $"the {number}st time",
        (not 13, 3) => $"the {number}rd time",
        _ => $"the {number}th time",
    };
}
