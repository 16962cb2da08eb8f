namespace Relay.Slack;

/// <summary>A message with attachments, for an incoming webhook or <c>chat.postMessage</c>.</summary>
public sealed record SlackMessage
{
    /// <summary>Text above the attachments; null where they say it all.</summary>
    public string? Text { get; init; }

    /// <summary>One for each incident.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];
}
