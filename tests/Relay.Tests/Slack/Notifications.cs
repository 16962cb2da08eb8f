using System.Collections.Immutable;
using Relay.Incidents;
using Relay.Reports;

namespace Relay.Tests.Slack;

/// <summary>Notifications as the rules of incidents make them.</summary>
internal static class Notifications
{
    public static readonly DateTimeOffset Began = new(2026, 11, 22, 10, 0, 5, TimeSpan.Zero);

    public static readonly Run Run = new()
    {
        Id = "run-1",
        Source = "ctl-01.example.com",
        Playbook = "playbooks/site.yml",
        Mode = "push",
        AnsibleVersion = "2.18.1",
        User = "deploy",
        Revision = "4f0c2ab",
        Link = "https://ci.example.com/job/7?a=1&b=2",
        Labels = new Dictionary<string, string> { ["env"] = "prod" },
    };

    public static readonly Event Failed = new()
    {
        Id = "event-1",
        Kind = EventKind.Failed,
        At = Began.AddDays(-3),
        Host = "web-01",
        Play = "Web",
        Task = "Install nginx",
        Role = "nginx",
        Action = "ansible.builtin.apt",
        Path = "roles/nginx/tasks/main.yml:12",
        Message = "No package matching 'nginx' is available",
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
        Message = "Failed to connect to the host via ssh: ssh: connect to host web-01 port 22: Connection timed out",
    };

    public static Notification Of(
        NotificationKind kind, Event seen, IEnumerable<HostRecord> hosts, IEnumerable<string>? named = null, Run? run = null)
    {
        List<HostRecord> all = [.. hosts];
        var shown = all.Where(host => named?.Contains(host.Host) == true).ToImmutableDictionary(host => host.Key, host => new ShownHost(host.Failures, []));
        var last = named is null ? null : new LastNotification
        {
            Kind = NotificationKind.Announce,
            At = Began.AddSeconds(5),
            IsFailing = true,
            Since = Began,
            ChangedAt = Began.AddSeconds(5),
            Gap = TimeSpan.FromMinutes(1),
            Hosts = shown,
        };
        var incident = new Incident(Fingerprint.Create(1, new byte[32]), "default", new Evidence(run ?? Run, seen, Began), last);
        return new(kind, incident, IncidentSnapshot.Of(last, all, null));
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
        Open = ["0123456789abcdef"],
    };

    public static IEnumerable<HostRecord> Recovered(int count) => Failing(count).Select(Recovered);

    public static HostRecord Recovered(HostRecord host) => host with { MendedAt = Began.AddMinutes(42), Open = [] };
}
