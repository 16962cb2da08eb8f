using Relay.Incidents;

namespace Relay.Slack;

/// <summary>The first names, and how many more there are.</summary>
internal static class HostList
{
    private const int MostNames = 10;
    private const int LongestNames = 260;
    private const int LongestName = 80;

    public static string Of(NotificationKind kind, IncidentHosts hosts)
    {
        var names = Names(kind switch
        {
            NotificationKind.Update => [.. hosts.New, .. hosts.All.Except(hosts.New)],
            NotificationKind.Remind => hosts.Failing,
            _ => hosts.All,
        });
        return kind == NotificationKind.Resolve || hosts.Recovered == 0 ? names
            : hosts.All.Count == 1 ? $"{names} (recovered)"
            : $"{names}\n{hosts.Recovered} of {hosts.All.Count} recovered";
    }

    private static string Names(IReadOnlyList<string> hosts)
    {
        var shown = new List<string>();
        var room = LongestNames;

        foreach (var name in hosts.Take(MostNames).Select(host => SlackText.Line(host, LongestName)))
        {
            room -= name.Length + 2;
            if (room < 0)
            {
                break;
            }

            shown.Add(name);
        }

        return string.Join(", ", shown) + (hosts.Count > shown.Count ? $" + {hosts.Count - shown.Count} more" : "");
    }
}
