using Relay.Incidents;

namespace Relay.Slack;

/// <summary>Puts as many notices into one message as Slack shows well.</summary>
internal static class MessageComposer
{
    /// <summary>Slack asks for no more, though it only refuses more than a hundred.</summary>
    /// <remarks>https://docs.slack.dev/messaging/formatting-message-text</remarks>
    public const int MostAttachments = 20;

    /// <summary>The longest a message becomes, in characters on the wire.</summary>
    public const int Longest = 12_000;

    private const int LongestPlain = 300;

    /// <summary>The message that tells the first of <paramref name="notices"/>, as many as fit.</summary>
    /// <exception cref="ArgumentException">There are no notices.</exception>
    public static ComposedMessage Compose(IReadOnlyList<Notice> notices)
    {
        ThrowIfNone(notices);
        var attachments = new List<Attachment>();
        var length = 0;

        foreach (var attachment in notices.Take(MostAttachments).Select(AttachmentRenderer.Render))
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

    /// <summary>The notice as one short line without an attachment, for when Slack refuses that.</summary>
    public static SlackMessage Plain(Notice notice) =>
        new() { Text = SlackText.Fence(AttachmentRenderer.Summary(notice, LongestPlain), LongestPlain) };

    private static void ThrowIfNone(IReadOnlyList<Notice> notices)
    {
        if (notices.Count == 0)
        {
            throw new ArgumentException("A message needs something to tell.", nameof(notices));
        }
    }
}
