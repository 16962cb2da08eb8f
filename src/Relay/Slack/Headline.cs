using System.Globalization;
using Relay.Incidents;
using Relay.Reports;

namespace Relay.Slack;

/// <summary>The one line that says what is broken, and where: the environment first.</summary>
internal static class Headline
{
    private const int Longest = 150;
    private const int LongestHost = 60;
    private const int LongestEnvironment = 24;

    public static string Of(Notification notification, IncidentHosts hosts)
    {
        var (run, seen) = notification.Incident.Evidence;
        var environment = run.IsTest ? "" : Environment(run);
        var (task, rest) = run.Mode switch
        {
            RunModes.Test => ("", $"A test from {Some(hosts, hosts.All)} has arrived"),
            RunModes.Relay => ("", OwnText.Title(hosts)),
            _ when seen.FailureKind == EventKind.Unreachable => ("", UnreachableHeadline.Of(notification.Kind, hosts)),
            _ => (TaskOf(seen, hosts), FailedHeadline.Of(notification, hosts)),
        };

        // The task's name is what gives way, so that the hosts are never cut off.
        return SlackText.Cut(environment + SlackText.Line(task, Longest - rest.Length - environment.Length) + rest, Longest);
    }

    /// <summary>Where the run belongs, to stand before all else; nothing for a run that does not say.</summary>
    public static string Environment(Run run) =>
        EnvironmentLabel(run) is { } name && SlackText.Line(run.Labels?[name], LongestEnvironment) is { Length: > 0 } value ? $"[{value}] " : "";

    /// <summary>The name of the label that says it.</summary>
    public static string? EnvironmentLabel(Run run) =>
        Array.Find(["env", "environment"], name => run.Labels?.ContainsKey(name) == true);

    /// <summary>The task's name without the role, which Ansible writes before it.</summary>
    public static string TaskName(Event seen, string? task)
    {
        string?[] names = [task, seen.Action];
        var name = names.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? "A task";
        var role = $"{seen.Role} : ";
        return name.Length > role.Length && name.StartsWith(role, StringComparison.Ordinal) ? name[role.Length..] : name;
    }

    /// <summary>The one host's name, or how many there are; of how many where one run had them all.</summary>
    public static string Some(IncidentHosts hosts, IReadOnlyList<HostRecord> some) =>
        some is [var one] ? Name(hosts, one) : $"{Number(some.Count)}{hosts.OfAll(some)} hosts";

    /// <summary>The host's name as wire text.</summary>
    public static string Name(IncidentHosts hosts, HostRecord host) => SlackText.Line(hosts.NameOf(host), LongestHost);

    /// <summary>A number as people read it.</summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Where hosts may have different names for it, as the playbook writes it.</summary>
    private static string TaskOf(Event seen, IncidentHosts hosts) =>
        TaskName(seen, hosts.IsOne ? seen.Task : seen.WrittenTask ?? seen.Task);
}
