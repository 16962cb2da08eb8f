using Relay.Incidents;
using Relay.Reports;

namespace Relay.Slack;

/// <summary>The one line that says what is broken, and where.</summary>
internal static class Headline
{
    private const int Longest = 150;
    private const int LongestHost = 60;

    public static string Of(Notification notification, IncidentHosts hosts)
    {
        var (run, seen) = notification.Incident.Evidence;

        if (run.IsTest)
        {
            return $"A test from {Count(hosts.All)} has arrived";
        }

        if (seen.FailureKind == EventKind.Unreachable)
        {
            return Unreachable(notification.Kind, hosts);
        }

        // The task's name is what gives way, so that the hosts are never cut off.
        var rest = Failed(notification.Kind, hosts);
        return SlackText.Line(TaskName(seen), Longest - rest.Length) + rest;
    }

    /// <summary>The task's name without the role, which Ansible writes before it.</summary>
    public static string TaskName(Event seen)
    {
        string?[] names = [seen.Task, seen.Action];
        var name = names.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? "A task";
        var role = $"{seen.Role} : ";
        return name.Length > role.Length && name.StartsWith(role, StringComparison.Ordinal) ? name[role.Length..] : name;
    }

    private static string Failed(NotificationKind kind, IncidentHosts hosts) => kind switch
    {
        NotificationKind.Announce => $" failed on {Count(hosts.All)}",
        NotificationKind.Update when hosts.New is [var one] => $" failed on {Name(one)} too ({hosts.All.Count} hosts in all)",
        NotificationKind.Update => $" failed on {hosts.New.Count} more hosts ({hosts.All.Count} in all)",
        NotificationKind.Return => $" fails again on {Count(hosts.Failing.Count > 0 ? hosts.Failing : hosts.New)}",
        NotificationKind.Remind => $" still fails on {Count(hosts.Failing)}",
        _ => $" is fixed on {Every(hosts.All)}",
    };

    private static string Unreachable(NotificationKind kind, IncidentHosts hosts) => kind switch
    {
        NotificationKind.Announce => $"{Count(hosts.All)} {Are(hosts.All, hosts.Failing.Count > 0)} unreachable",
        NotificationKind.Update when hosts.New is [var one] => $"{Name(one)} is unreachable too ({hosts.All.Count} hosts in all)",
        NotificationKind.Update => $"{hosts.New.Count} more hosts are unreachable ({hosts.All.Count} in all)",
        NotificationKind.Return => $"{Count(hosts.New)} {Are(hosts.New, hosts.Failing.Count > 0)} unreachable again",
        NotificationKind.Remind => $"{Count(hosts.Failing)} {Are(hosts.Failing, true)} still unreachable",
        NotificationKind.Resolve when hosts.All is [var one] => $"{Name(one)} is reachable again",
        _ => $"{(hosts.All.Count == 2 ? "Both" : $"All {hosts.All.Count}")} hosts are reachable again",
    };

    private static string Count(IReadOnlyList<string> hosts) => hosts is [var one] ? Name(one) : $"{hosts.Count} hosts";

    private static string Every(IReadOnlyList<string> hosts) => hosts.Count switch
    {
        1 => Name(hosts[0]),
        2 => "both hosts",
        _ => $"all {hosts.Count} hosts",
    };

    private static string Are(IReadOnlyList<string> hosts, bool now) => (hosts.Count == 1, now) switch
    {
        (true, true) => "is",
        (true, false) => "was",
        (false, true) => "are",
        (false, false) => "were",
    };

    private static string Name(string host) => SlackText.Line(host, LongestHost);
}
