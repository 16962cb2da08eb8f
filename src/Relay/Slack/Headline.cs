using Relay.Incidents;
using Relay.Reports;

namespace Relay.Slack;

/// <summary>The one line that says what is broken, and where.</summary>
internal static class Headline
{
    private const int Longest = 150;
    private const int LongestHost = 60;

    public static string Of(Notice notice, IncidentHosts hosts)
    {
        var (run, seen) = notice.Incident.Evidence;

        if (run.IsTest)
        {
            return $"A test from {Count(hosts.All)} has arrived";
        }

        if (seen.FailureKind == EventKind.Unreachable)
        {
            return Unreachable(notice.Saying, hosts);
        }

        // The task's name is what gives way, so that the hosts are never cut off.
        var rest = Failed(notice.Saying, hosts);
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

    private static string Failed(Saying saying, IncidentHosts hosts) => saying switch
    {
        Saying.Announce => $" failed on {Count(hosts.All)}",
        Saying.Update when hosts.New is [var one] => $" failed on {Name(one)} too ({hosts.All.Count} hosts in all)",
        Saying.Update => $" failed on {hosts.New.Count} more hosts ({hosts.All.Count} in all)",
        Saying.Remind => $" still fails on {Count(hosts.Failing)}",
        Saying.Resolve => $" is fixed on {Every(hosts.All)}",
        _ => throw NothingToSay(saying),
    };

    private static string Unreachable(Saying saying, IncidentHosts hosts) => saying switch
    {
        Saying.Announce => $"{Count(hosts.All)} {Are(hosts.All, hosts.Failing.Count > 0)} unreachable",
        Saying.Update when hosts.New is [var one] => $"{Name(one)} is unreachable too ({hosts.All.Count} hosts in all)",
        Saying.Update => $"{hosts.New.Count} more hosts are unreachable ({hosts.All.Count} in all)",
        Saying.Remind => $"{Count(hosts.Failing)} {Are(hosts.Failing, true)} still unreachable",
        Saying.Resolve when hosts.All is [var one] => $"{Name(one)} is reachable again",
        Saying.Resolve => $"{(hosts.All.Count == 2 ? "Both" : $"All {hosts.All.Count}")} hosts are reachable again",
        _ => throw NothingToSay(saying),
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

    private static ArgumentOutOfRangeException NothingToSay(Saying saying) => new(nameof(saying), saying, "There is nothing to say.");
}
