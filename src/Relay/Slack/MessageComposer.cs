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

    /// <summary>A short text without an attachment, for when Slack refuses that: what failed, and the hosts where they are several or well again.</summary>
    public static SlackMessage Plain(Notification notification)
    {
        var hosts = new IncidentHosts(notification);
        var line = AttachmentRenderer.Summary(notification, LongestLine);
        var saysAll = hosts.All.Count == 1 && (hosts.Recovered == 0 || notification.Kind == NotificationKind.Resolve);
        return new() { Text = SlackText.Fence(saysAll ? line : $"{line}\n{HostList.Of(notification.Kind, hosts)}", LongestPlain) };
    }

    private static void ThrowIfNone(IReadOnlyList<Notification> notifications)
    {
        if (notifications.Count == 0)
        {
            throw new ArgumentException("A message needs a notification.", nameof(notifications));
        }
    }
}
