using Relay.Incidents;

namespace Relay.Slack;

/// <summary>Puts as many notifications into one message as Slack shows well.</summary>
internal static class MessageComposer
{
    /// <summary>Slack asks for no more, though it only refuses more than a hundred.</summary>
    /// <remarks>https://docs.slack.dev/messaging/formatting-message-text</remarks>
    public const int MostAttachments = 20;

    /// <summary>The longest a message becomes, in characters on the wire.</summary>
    public const int Longest = 12_000;

    private const int LongestLine = 300;
    private const int LongestPlain = 700;
    private const int LongestHosts = 380;

    /// <summary>Slack splits a longer text into two messages.</summary>
    private const int LongestList = 3_900;

    /// <summary>The message for the first of <paramref name="notifications"/>, as many as fit.</summary>
    /// <exception cref="ArgumentException">There are no notifications.</exception>
    public static ComposedMessage Compose(IReadOnlyList<Notification> notifications)
    {
        ThrowIfNone(notifications);
        var attachments = new List<Attachment>();
        var length = 0;

        foreach (var attachment in notifications.Take(MostAttachments).Select(AttachmentRenderer.Render))
        {
            length += attachment.Length;
            if (length > Longest)
            {
                break;
            }

            attachments.Add(attachment);
        }

        return new(new SlackMessage { Attachments = attachments }, attachments.Count);
    }

    /// <summary>The notification as a short text without an attachment, for when Slack refuses that: what failed, and on which hosts.</summary>
    public static SlackMessage Plain(Notification notification)
    {
        var hosts = new IncidentHosts(notification);
        var line = AttachmentRenderer.Summary(notification, hosts, LongestLine);
        return new() { Text = SlackText.Fence(hosts.IsOne ? line : $"{line}\n{List(hosts, hosts.Explained, LongestHosts)}", LongestPlain) };
    }

    /// <summary>All hosts of a notification, to stand in the thread of its message; null where the message shows them all.</summary>
    public static SlackMessage? AllHosts(Notification notification)
    {
        var hosts = new IncidentHosts(notification);
        var isWhole = HostRanges.Of(hosts.Broken.Select(hosts.NameOf)).Sum(range => range.Text.Length + 2) <= IncidentText.LongestHosts
            && hosts.CausesOf(hosts.Broken).Count <= 1;
        return isWhole ? null : new() { Text = SlackText.Fence(List(hosts, hosts.Broken, LongestList), LongestList + 10) };
    }

    private static string List(IncidentHosts hosts, IEnumerable<HostRecord> some, int max) =>
        hosts.Ranges(some, max, SlackText.CodeLine);

    private static void ThrowIfNone(IReadOnlyList<Notification> notifications)
    {
        if (notifications.Count == 0)
        {
            throw new ArgumentException("A message needs a notification.", nameof(notifications));
        }
    }
}
