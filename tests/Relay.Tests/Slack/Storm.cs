using Relay.Incidents;
using Relay.Reports;

namespace Relay.Tests.Slack;

/// <summary>Many incidents at once, of different tasks, the later ones on more hosts.</summary>
internal static class Storm
{
    private static readonly Run Prod = Notifications.Run with { Labels = new Dictionary<string, string> { ["env"] = "prod" } };

    public static IReadOnlyList<Notification> Of(int count) => [.. Enumerable.Range(1, count).Select(number => Of(number, NotificationKind.Announce))];

    public static Notification Of(int number, NotificationKind kind)
    {
        var seen = Notifications.Failed with { Id = $"{number}", Task = $"Restart app-{number}", Message = $"Unit app-{number}.service not found" };
        var hosts = Notifications.Failing(1 + (number / 8));
        return kind == NotificationKind.Resolve
            ? Notifications.Of(kind, seen, hosts.Select(Notifications.Recovered), Notifications.Names(9), Prod)
            : Notifications.Of(kind, seen, hosts, run: Prod);
    }
}
