using Relay.Incidents;

namespace Relay.Slack;

/// <summary>A message with attachments, for an incoming webhook or a bot's channel.</summary>
public sealed record SlackMessage
{
    /// <summary>Text above the attachments; null where they say it all.</summary>
    /// <remarks>
    /// Slack shows it as well as the attachments, so that it would say twice what their titles say. Without it a notification shows the
    /// fallback of the first attachment, as others have found:
    /// https://github.com/raycharius/slack-block-builder/issues/36 and https://github.com/nicklambourne/slackblocks/pull/108.
    /// </remarks>
    public string? Text { get; init; }

    /// <summary>One for each incident.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>The message that this one takes the place of; null but for a bot's.</summary>
    public PostedMessage? Edits { get; init; }

    /// <summary>The message in whose thread this one stands; null but for a bot's.</summary>
    public PostedMessage? Answers { get; init; }

    /// <summary>Whether an answer is shown in the channel as well.</summary>
    public bool IsBroadcast { get; init; }

    /// <summary>Whether it needs no other message to be there.</summary>
    internal bool IsNew => Edits is null && Answers is null;
}
