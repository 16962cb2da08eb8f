using System.Text.Json;
using Relay.Incidents;
using Relay.Reports;
using static Relay.Tests.Slack.Notifications;

namespace Relay.Tests.Slack;

/// <summary>What an engineer is told of, by name: the messages that people meet, each with the words of a real failure.</summary>
internal static class Situations
{
    private const string Locked = "Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 4711 (apt)";

    private static readonly Run Prod = Notifications.Run with
    {
        HostCount = 240,
        Labels = new Dictionary<string, string> { ["env"] = "prod", ["team"] = "web" },
    };

    private static readonly Run Shop = Prod with { Playbook = "shop.yml", Inventory = "hosts.ini", HostCount = 12, ExtraVariables = ["release"] };

    private static readonly Run Pull = Prod with { Mode = "pull", Playbook = "local.yml", Inventory = null, Source = "web-07", HostCount = 1, Link = null };

    private static readonly Event Deploy = Failed with { Task = "Deploy the shop", Role = null, Play = "Shop", Path = "shop.yml:5", Message = "licence of the shop has expired" };

    private static readonly Event Command = Deploy with
    {
        Host = "lone-1", Task = "Ask the licence server", Play = "Licences", Path = "licence.yml:4", Action = "ansible.builtin.command",
        Message = "non-zero return code", ReturnCode = 1, Details = JsonSerializer.SerializeToElement(new { cmd = "/bin/false" }),
    };

    private static readonly Event Traceback = Failed with
    {
        Host = "web-1", Task = "Sync the sky", Role = "sky", Path = "roles/sky/tasks/main.yml:9", Cause = "KeyError: 'sky'", CauseKey = "00000000000000ab",
        Message = "non-zero return code", ReturnCode = 1,
        Stderr = "Traceback (most recent call last):\n  File \"sync.py\", line 58, in <module>\n    run(load())\n"
            + "  File \"sync.py\", line 41, in run\n    sky = config['sky']\nKeyError: 'sky'",
    };

    private static readonly Event Loop = Failed with
    {
        Host = "web-1", Task = "Create accounts", Role = "accounts", Path = "roles/accounts/tasks/main.yml:3", Message = "One or more items failed", ItemCount = 12,
        Cause = "useradd: UID 1001 is not unique", CauseKey = "00000000000000ac",
        Items = [new("alice", "useradd: group 'ops' does not exist"), new("bob", "useradd: UID 1001 is not unique"), new("carol", "useradd: UID 1001 is not unique")],
    };

    public static readonly IReadOnlyDictionary<string, Notification> All = new Dictionary<string, Notification>
    {
        ["01-one-host"] = Announce(Failed with { Host = "web-07" }, ["web-07"], Prod),
        ["02-many-hosts"] = Announce(
            Failed with { Message = "Failed to update apt cache: Temporary failure resolving 'deb.example.com'" },
            [.. Enumerable.Range(1, 180).Select(number => $"web-{number:000}.prod"), "db-1"], Prod),
        ["03-two-causes"] = Of(NotificationKind.Announce, Deploy with { Host = "shop-09" },
            [Failing("shop-03", "cp: cannot create '/srv/shop/app.jar': No space left on device"), Failing("shop-04", "cp: cannot create '/srv/shop/app.jar': No space left on device"), Failing("shop-09")],
            run: Shop),
        ["04-silent-command"] = Announce(Command, ["lone-1"], Notifications.Run with { Playbook = "licence.yml", Inventory = "hosts.ini" }),
        ["05-traceback"] = Announce(Traceback, ["web-1"], Notifications.Run),
        ["06-loop"] = Announce(Loop, ["web-1"], Notifications.Run),
        ["07-unreachable"] = Of(NotificationKind.Announce, Unreachable with { Host = "db-2" }, [Failing("db-2"), Failing("db-5", "Permission denied (publickey)")], run: Prod),
        ["08-facts"] = Announce(
            Failed with { Host = "su-1", Task = "Gathering Facts", Role = null, Path = "site.yml:2", Action = "gather_facts", Message = "sudo: a password is required" }, ["su-1"], Notifications.Run),
        ["09-update"] = Of(NotificationKind.Update, Failed,
            [.. Hosts(["web-001", "web-002", "web-003"]), .. Hosts(["web-008", "web-009"]).Select(host => host with { Cause = new(Locked, "lock"), Failures = 1 }), .. Hosts(["web-010", "web-011"])],
            ["web-001", "web-002", "web-003"], Prod),
        ["10-reminder"] = Of(NotificationKind.Remind, Failed, [.. Hosts(Web(5)).Select(Older), .. Hosts(["web-08", "web-09"]).Select(host => Older(host with { Cause = new(Locked, "lock") }))],
            [.. Web(5), "web-08", "web-09"], Prod),
        ["11-resolved"] = Of(NotificationKind.Resolve, Failed,
            [.. Hosts(["web-1", "web-2", "web-3", "web-5", "web-6", "web-7"]).Select(host => Recovered(host) with { MendedAt = Began.AddMinutes(72) }), Failing("web-4")],
            ["web-1", "web-2", "web-3", "web-4", "web-5", "web-6", "web-7"], Prod),
        ["12-broken-and-mended"] = Of(NotificationKind.Resolve, Failed with { Host = "web-07" }, [Recovered(Failing("web-07")) with { MendedAt = Began.AddMinutes(59) }], run: Prod),
        ["13-fails-again"] = Of(NotificationKind.Return, Failed with { Host = "web-07", Message = Locked }, [Failing("web-07") with { Failures = 3 }], ["web-07"], Prod, returns: 1),
        ["14-returned-and-mended"] = Of(NotificationKind.Return, Failed with { Host = "web-07" }, [Recovered(Failing("web-07")) with { Failures = 3 }], ["web-07"], Prod),
        ["15-late"] = Late(),
        ["16-ended-run"] = Announce(
            Failed with
            {
                Host = "web-07", Task = "ansible-pull -U https://git.example.com/ops/site.git local.yml", Role = null, Play = null, Path = null, Action = null,
                Cause = "ERROR! the role 'nowhere' was not found", CauseKey = "00000000000000ad", Message = "ansible-pull: it ended with exit code 4\nERROR! the role 'nowhere' was not found", ReturnCode = 4,
            },
            ["web-07"], Pull with { Playbook = null }),
        ["17-test"] = Announce(Failed with { Host = "ctl-1" }, ["ctl-1"], Prod with { Mode = RunModes.Test, CallbackVersion = "1.0" }),
        ["18-parked"] = Of(NotificationKind.Announce,
            new() { Id = "1", Kind = EventKind.Failed, At = Began, Host = "slack-relay", Task = "Handle a report", Message = "Put aside.", Items = [new("parked/poison/6f1d2c0a", "Events, 4711 bytes")] },
            [Failing("slack-relay") with { Failures = 3 }], run: new() { Id = "r", Source = "slack-relay", Mode = RunModes.Relay }),
        ["19-update-one-host"] = Of(NotificationKind.Update, Failed with { Host = "web-04" }, Failing(4), Names(3), Prod),
        ["20-another-cause"] = Of(NotificationKind.Update, Failed, [Failing("web-01"), Failing("web-02", Locked)], Names(2), Prod),
        ["21-partly-recovered"] = Of(NotificationKind.Update, Failed, [.. Recovered(2), .. Failing(7).Skip(2)], Names(5), Prod),
        ["22-two-inventories"] = Of(NotificationKind.Announce, Failed with { Host = "web1" }, [Failing("web1") with { Inventory = "dev.ini" }, Failing("web1") with { Inventory = "prod.ini" }], run: Notifications.Run),
        ["23-example"] = Of(NotificationKind.Announce, Failed with { Host = "web-001", Message = "/tmp/ansible.x81/app: No space left on device" },
            Hosts(["web-001", "web-002", "web-003"]).Select((host, at) => host with { Cause = new($"/tmp/ansible.x8{at + 1}/app: No space left on device", "disk"), LastFailedAt = Began.AddSeconds(-at) }), run: Notifications.Run),
        ["24-handler-retried-elsewhere"] = Announce(
            Failed with { Host = "web-07", Task = "Restart nginx", Handler = true, Attempts = 3, DelegatedTo = "lb-01", Message = "Unit nginx.service not found." }, ["web-07"], Prod with { CheckMode = true }),
        ["25-misrouted"] = Misrouted(),
        ["26-unreachable-resolved"] = Of(NotificationKind.Resolve, Unreachable, Recovered(2), Names(2), Prod),
        ["27-ended-without-a-word"] = Of(NotificationKind.Resolve, Failed, Failing(3), Names(3), Prod).AsState(),
        ["28-pull-on-many"] = Of(NotificationKind.Announce, Failed, Hosts(Web(3)).Select((host, at) => host with { LastRun = $"{at}" }), run: Pull),
        ["29-hostile"] = Announce(
            Failed with { Host = "web-07", Task = "Wake <!channel> :fire: *now*", Role = "_x_", Play = null, Message = "<!everyone> ``` *now* & <https://example.com|here>" }, ["web-07"],
            Prod with { Labels = new Dictionary<string, string> { ["env"] = "@here" } }),
        ["30-long-output"] = Announce(
            Failed with
            {
                Host = "web-07", Task = "Build the shop", Message = "non-zero return code", ReturnCode = 2, Cause = "src/cart.c:41:9: error: 'total' undeclared (first use in this function)", CauseKey = "00000000000000ae",
                Stderr = "src/cart.c: In function 'sum':\nsrc/cart.c:41:9: error: 'total' undeclared (first use in this function)\n" + string.Join('\n', Enumerable.Range(1, 60).Select(number => $"src/part{number}.c:3: note: included from here")) + "\nmake: *** [Makefile:12: shop] Error 1",
            },
            ["web-07"], Prod),
    };

    private static string[] Web(int count) => [.. Names(count)];

    private static IEnumerable<HostRecord> Hosts(IEnumerable<string> names) => names.Select(name => Failing(name));

    private static HostRecord Older(HostRecord host) => host with { LastFailedAt = Began.AddHours(4), Runs = 16 };

    private static Notification Announce(Event seen, IEnumerable<string> hosts, Run run) => Of(NotificationKind.Announce, seen, Hosts(hosts), run: run);

    private static Notification Late() => Received(
        Announce(
            Failed with { Host = "web-3", Task = "Nightly backup", Role = null, Play = "Backup", Path = "backup.yml:7", At = Began.AddHours(-54), Message = "pg_dump: error: connection to server failed: Connection refused" },
            ["web-3"], Pull with { Playbook = "backup.yml", Source = "web-3" }),
        null);

    private static Notification Misrouted() => Received(Announce(Failed with { Host = "web-07" }, ["web-07"], Prod), "#databases");

    private static Notification Received(Notification notification, string? channel) => notification with
    {
        Incident = notification.Incident with { Evidence = notification.Incident.Evidence with { Channel = channel } },
    };
}
