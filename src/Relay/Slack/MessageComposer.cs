using Relay.Incidents;

namespace Relay.Slack;

/// <summary>Puts as many notices into one message as Slack shows well.</summary>
public static class MessageComposer
{
    /// <summary>Slack asks for no more, though it only refuses more than a hundred.</summary>
    /// <remarks>https://docs.slack.dev/messaging/formatting-message-text</remarks>
    public const int MostAttachments = 20;

    /// <summary>The longest a message becomes, in characters on the wire.</summary>
    public const int Longest = 12_000;

    /// <summary>The longest a message without attachments becomes: Slack splits a text beyond 4,000 characters.</summary>
    public const int LongestPlain = 3_500;

    private const int MostLines = 40;
    private const int LongestLine = 300;

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

    /// <summary>All <paramref name="notices"/> as one short text, a line each, for when Slack refuses their attachments.</summary>
    /// <exception cref="ArgumentException">There are no notices.</exception>
    public static SlackMessage Plain(IReadOnlyList<Notice> notices)
    {
        ThrowIfNone(notices);
        var lines = notices.Take(MostLines).ToList();
        var room = Math.Min(LongestLine, (LongestPlain / (lines.Count + 1)) - 1);
        var more = notices.Count - lines.Count;
        var text = string.Join('\n', lines.Select(notice => AttachmentRenderer.Summary(notice, room)));
        return new SlackMessage { Text = SlackText.Fence(more > 0 ? $"{text}\n+ {more} more" : text, LongestPlain) };
    }

    private static void ThrowIfNone(IReadOnlyList<Notice> notices)
    {
        if (notices.Count == 0)
        {
            throw new ArgumentException("A message needs something to tell.", nameof(notices));
        }
    }
}
