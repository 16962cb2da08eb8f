namespace Relay.Slack;

/// <summary>One incident as Slack draws it: a coloured bar, a title, text and a footer. All text is escaped already.</summary>
/// <remarks>https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments</remarks>
public sealed record Attachment
{
    /// <summary>The bar's colour, as <c>#rrggbb</c>.</summary>
    public required string Color { get; init; }

    /// <summary>The whole in one plain line.</summary>
    /// <remarks>Of a message without a text it is what a notification, a locked phone and the list of activity show.</remarks>
    public required string Fallback { get; init; }

    /// <summary>The headline; empty where the attachment goes on with what the one above it began.</summary>
    public required string Title { get; init; }

    /// <summary>Where the headline leads; only ever http or https.</summary>
    public string? TitleLink { get; init; }

    /// <summary>The causes, where and since when: what Slack formats.</summary>
    public string? Text { get; init; }

    /// <summary>Where it comes from.</summary>
    public string? Footer { get; init; }

    /// <summary>How many characters it has on the wire, JSON's own left aside.</summary>
    public int Length =>
        Color.Length + Fallback.Length + Title.Length + (TitleLink?.Length ?? 0) + (Text?.Length ?? 0) + (Footer?.Length ?? 0);
}
