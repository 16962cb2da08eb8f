using Relay.Incidents;
using Relay.Reports;

namespace Relay.Slack;

/// <summary>The text under a title, in the order of worth: Slack folds what exceeds 700 characters or 5 line breaks.</summary>
internal static class IncidentText
{
    private const int LongestCauses = 900;
    public const int LongestHosts = 300;
    private const int LeastOutput = 80;

    /// <summary>The text, at most so long, as wire text.</summary>
    /// <param name="again">The line to copy, if there is one.</param>
    public static string? Of(Notification notification, IncidentHosts hosts, string? again, int room)
    {
        if (notification.Incident.Evidence.Run.Mode is RunModes.Test or RunModes.Relay)
        {
            return Joined([OwnText.Of(notification, hosts), OwnText.Misrouted(notification)]);
        }

        var causes = new CauseLines(notification, hosts).Lines();
        var text = Fitting(
            room,
            causes.Count > 0 ? SlackText.Fence(string.Join('\n', causes), LongestCauses) : null,
            [.. HostLines(notification, hosts, causes.Count), ContextLine.Of(notification, hosts), again, OwnText.Misrouted(notification)]);
        var left = room - text.Length - 1;
        var output = notification is { Detail: Detail.Whole, Kind: not NotificationKind.Resolve } && left > LeastOutput
            ? OutputText.Of(notification, hosts, causes, left)
            : null;
        return Joined([text, output]) is { Length: > 0 } all ? all : null;
    }

    /// <summary>Which hosts, where neither the title nor a cause names them; and which are well again while others are not.</summary>
    private static IEnumerable<string> HostLines(Notification notification, IncidentHosts hosts, int causes)
    {
        // What goes on has said which hosts in the message above it.
        if (notification is { Kind: NotificationKind.Remind, Detail: Detail.News })
        {
            yield break;
        }

        var longest = notification.Detail == Detail.News ? 2 * LongestHosts : LongestHosts;
        IReadOnlyList<HostRecord> shown = notification.Kind switch
        {
            NotificationKind.Update => hosts.New,
            NotificationKind.Resolve when hosts.Well.Count > 0 => hosts.Well,
            NotificationKind.Resolve => hosts.All,
            _ => hosts.Broken,
        };

        if (shown.Count > 1 && causes <= 1)
        {
            yield return hosts.Ranges(shown, longest, SlackText.Prose);
        }
        else if (shown.Count == 1 && hosts.All.Count > 1 && notification.Kind == NotificationKind.Announce)
        {
            yield return $"still on {hosts.Ranges(shown, longest, SlackText.Prose)}";
        }

        // What returns is on hosts of its own: those that were shown well before are no news.
        if (notification.Kind is not (NotificationKind.Resolve or NotificationKind.Return) && hosts.Failing.Count > 0 && hosts.Well.Count > 0)
        {
            yield return $"well again: {hosts.Ranges(hosts.Well, LongestHosts / 2, SlackText.Prose)}";
        }
    }

    /// <summary>The lines in their order, without those for which there is no room.</summary>
    private static string Fitting(int room, string? first, IEnumerable<string?> others)
    {
        var lines = new List<string>();
        foreach (var line in others.Prepend(first).OfType<string>().Where(line => line.Length > 0 && line.Length < room))
        {
            lines.Add(line);
            room -= line.Length + 1;
        }

        return Joined(lines);
    }

    private static string Joined(IEnumerable<string?> lines) => string.Join('\n', lines.Where(line => !string.IsNullOrEmpty(line)));
}
