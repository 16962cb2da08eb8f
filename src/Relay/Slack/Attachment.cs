namespace Relay.Slack;

/// <summary>One incident as Slack draws it: a coloured bar, a title, text, fields and a footer. All text is escaped already.</summary>
/// <remarks>https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments</remarks>
public sealed record Attachment
{
    /// <summary>The bar's colour, as <c>#rrggbb</c>.</summary>
    public required string Color { get; init; }

    /// <summary>The whole in one plain line, for notifications.</summary>
    public required string Fallback { get; init; }

    /// <summary>The headline.</summary>
    public required string Title { get; init; }

    /// <summary>Where the headline leads; only ever http or https.</summary>
    public string? TitleLink { get; init; }

    /// <summary>The error, in a code fence.</summary>
    public string? Text { get; init; }

    /// <summary>Hosts, task, play and whatever else helps.</summary>
    public IReadOnlyList<AttachmentField> Fields { get; init; } = [];

    /// <summary>Which run it comes from.</summary>
    public required string Footer { get; init; }

    /// <summary>When the incident began.</summary>
    public required DateTimeOffset Ts { get; init; }

    /// <summary>How many characters it has on the wire, JSON's own left aside.</summary>
    public int Length =>
        Color.Length + Fallback.Length + Title.Length + (TitleLink?.Length ?? 0) + (Text?.Length ?? 0) + Footer.Length
        + Fields.Sum(entry => entry.Length);
}
