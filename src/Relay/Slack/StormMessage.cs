using Relay.Incidents;
using Relay.Reports;

namespace Relay.Slack;

/// <summary>Many notifications in one message: the largest as cards if there is to be any, all else a line each.</summary>
internal static class StormMessage
{
    /// <summary>The most notifications that one message holds.</summary>
    public const int Most = 60;

    private const int LongestLine = 200;
    private const int LongestFallback = 80;
    private const int LinesOfOne = 5;

    /// <summary>The message for the first of <paramref name="notifications"/>, as many as fit.</summary>
    /// <param name="cards">How many of them are cards: those of the most hosts.</param>
    /// <exception cref="ArgumentException">There are no notifications.</exception>
    public static ComposedMessage Compose(IReadOnlyList<Notification> notifications, int cards = 0)
    {
        if (notifications.Count == 0)
        {
            throw new ArgumentException("A message needs a notification.", nameof(notifications));
        }

        for (var taken = Math.Min(notifications.Count, Most); ; taken = taken * 3 / 4)
        {
            var attachments = Attachments([.. notifications.Take(taken)], Math.Min(cards, taken));
            if (taken == 1
                || (attachments.Count <= MessageComposer.MostAttachments && attachments.Sum(one => one.Length) <= MessageComposer.Longest))
            {
                return new(new SlackMessage { Attachments = attachments }, taken);
            }
        }
    }

    /// <summary>The notification as one line of wire text: its title and its first cause.</summary>
    public static string Line(Notification notification) =>
        AttachmentRenderer.Summary(notification, new IncidentHosts(notification), LongestLine);

    private static List<Attachment> Attachments(IReadOnlyList<Notification> notifications, int cards)
    {
        var largest = notifications.OrderByDescending(one => one.Hosts.Count).Take(cards).ToHashSet(ReferenceEqualityComparer.Instance);
        var environment = Environment(notifications);
        var lines = notifications.Where(one => !largest.Contains(one)).GroupBy(one => AttachmentRenderer.Color(one, new IncidentHosts(one)));
        return
        [
            .. notifications.Where(largest.Contains).Select(AttachmentRenderer.Render),
            .. lines.SelectMany(group => group.Chunk(LinesOfOne).Select((some, at) =>
                Lines(some, environment, group.Key, at == 0 ? environment + Title([.. group], cards > 0) : ""))),
        ];
    }

    private static Attachment Lines(IReadOnlyList<Notification> some, string environment, string color, string title)
    {
        var lines = some.Select(one => Line(one)[environment.Length..]).ToList();
        return new()
        {
            Color = color,
            Fallback = title.Length > 0 ? title : SlackText.Cut(lines[0], LongestFallback),
            Title = title,
            Text = SlackText.Fence(string.Join('\n', lines), (LinesOfOne * (LongestLine + 1)) + 20),
        };
    }

    /// <summary>Where they are, if that is the same for all: then the title says it once.</summary>
    private static string Environment(IReadOnlyList<Notification> notifications) =>
        notifications.Select(one => Headline.Environment(one.Incident.Evidence.Run)).Distinct().ToList() is [var common]
        && notifications.All(one => !one.Incident.Evidence.Run.IsTest)
            ? common
            : "";

    /// <summary>How many there are of what.</summary>
    private static string Title(IReadOnlyList<Notification> group, bool isMore)
    {
        var what = group switch
        {
            _ when group.All(one => one.Kind == NotificationKind.Resolve) => "incidents are over",
            _ when group.All(one => one.Incident.Evidence.Event.FailureKind == EventKind.Unreachable) => "playbooks have unreachable hosts",
            _ => "tasks failed",
        };
        var count = isMore ? $"{group.Count} more" : $"{group.Count}";
        return group.Count == 1 ? $"{(isMore ? "One more" : "One")}:" : $"{count} {what}";
    }
}
