using System.Collections.Immutable;
using Relay.Incidents;
using Relay.Reports;
using Relay.Text;

namespace Relay.Tests.Slack;

/// <summary>Notifications as the rules of incidents make them.</summary>
internal static class Notifications
{
    public static readonly DateTimeOffset Began = new(2026, 11, 22, 3, 2, 5, TimeSpan.Zero);

    public static readonly Run Run = new()
    {
        Id = "run-1",
        Source = "ctl-1.example.com",
        Project = "git.example.com/ops/site",
        Playbook = "site.yml",
        Inventory = "prod.ini",
        Mode = "push",
        AnsibleVersion = "2.18.1",
        User = "deploy",
        Revision = "4f0c2ab9d1e07c3",
        Link = "https://ci.example.com/job/7?a=1&b=2",
        Labels = new Dictionary<string, string> { ["team"] = "web" },
    };

    public static readonly Event Failed = new()
    {
        Id = "event-1",
        Kind = EventKind.Failed,
        At = Began,
        Host = "web-01",
        Play = "Web",
        Task = "Install nginx",
        Role = "nginx",
        Action = "ansible.builtin.apt",
        Path = "roles/nginx/tasks/main.yml:12",
        Message = "No package matching 'nginx-extra' is available",
    };

    public static readonly Event Unreachable = new()
    {
        Id = "event-2",
        Kind = EventKind.Unreachable,
        At = Began,
        Host = "web-01",
        Play = "Web",
        Task = "Gathering Facts",
        Action = "ansible.builtin.gather_facts",
        Cause = "ssh: connect to host 10.0.4.17 port 22: Connection timed out",
        CauseKey = "00000000000000aa",
        Message = "Failed to connect to the host via ssh: ssh: connect to host 10.0.4.17 port 22: Connection timed out",
    };

    /// <summary>A notification whose hosts failed in the run, and for the reason, of the event unless they say otherwise.</summary>
    /// <param name="shown">The hosts that a message has shown, with that reason; null where there was no message.</param>
    public static Notification Of(
        NotificationKind kind, Event seen, IEnumerable<HostRecord> hosts, IEnumerable<string>? shown = null, Run? run = null, int returns = 0)
    {
        run ??= Run;
        List<HostRecord> records = [.. hosts.Select(host => host with
        {
            Cause = host.Cause ?? Cause.Of(seen),
            LastRun = host.LastRun ?? ShortHash.Of(run.Id),
            Inventory = host.Inventory ?? run.Inventory,
        })];
        var names = shown?.ToHashSet();
        var last = names is null ? null : new LastNotification
        {
            Kind = NotificationKind.Announce,
            At = Began.AddSeconds(5),
            IsFailing = kind != NotificationKind.Return,
            Since = Began,
            ChangedAt = Began.AddSeconds(5),
            Gap = TimeSpan.FromMinutes(1),
            Returns = returns,
            Hosts = records.Where(host => names.Contains(host.Host)).DistinctBy(host => host.Key)
                .ToImmutableDictionary(host => host.Key, _ => new ShownHost(1, [Cause.Of(seen).Key])),
        };
        var incident = new Incident(Fingerprint.Create(1, new byte[32]), "default", new Evidence(run, seen, Began), last);
        return new(kind, incident, IncidentSnapshot.Of(last, records, Began));
    }

    public static Notification Announce(Event seen, int hosts = 1, Run? run = null) => Of(NotificationKind.Announce, seen, Failing(hosts), run: run);

    public static IEnumerable<string> Names(int count) => Enumerable.Range(1, count).Select(number => $"web-{number:00}");

    public static IEnumerable<HostRecord> Failing(int count) => Names(count).Select(Failing);

    public static HostRecord Failing(string name, int index = 0) => new()
    {
        Host = name,
        FirstFailedAt = Began.AddSeconds(index),
        LastFailedAt = Began.AddSeconds(index),
        Runs = 1,
        Failures = 1,
        Open = ["one"],
    };

    /// <summary>A host that fails for a reason of its own.</summary>
    public static HostRecord Failing(string name, string cause) => Failing(name) with { Cause = new(cause, ShortHash.Of(cause)), Failures = 2 };

    public static IEnumerable<HostRecord> Recovered(int count) => Failing(count).Select(Recovered);

    public static HostRecord Recovered(HostRecord host) => host with { Open = [], MendedAt = Began.AddMinutes(42) };
}
