using Relay.Incidents;
using Relay.Slack;
using SlackNet;
using SlackNet.WebApi;
using SlackNetAttachment = SlackNet.Attachment;

namespace Functions.Slack;

/// <summary>The relay's message in SlackNet's terms: what Slack gets is the same.</summary>
internal static class SlackNetMessage
{
    /// <summary>A new message, or an answer.</summary>
    /// <param name="channel">For a bot token; a webhook has a channel of its own.</param>
    public static Message Of(SlackMessage message, string? channel) => new()
    {
        Channel = message.Answers?.ChannelId ?? channel,
        ThreadTs = message.Answers?.Ts,
        ReplyBroadcast = message.IsBroadcast,
        Text = message.Text,
        // Of a bot's message SlackNet sends empty lists too.
        Attachments = message.Attachments.Count > 0 ? [.. message.Attachments.Select(Of)] : null,
        Blocks = null,
        Parse = ParseMode.None,
        LinkNames = false,
        UnfurlLinks = false,
        UnfurlMedia = false,
    };

    /// <summary>The message in place of <paramref name="edited"/>. What is null there stays as it was.</summary>
    public static MessageUpdate EditOf(SlackMessage message, PostedMessage edited) => new()
    {
        ChannelId = edited.ChannelId,
        Ts = edited.Ts,
        Text = message.Text ?? "",
        Attachments = [.. message.Attachments.Select(Of)],
        Parse = ParseMode.None,
        LinkNames = false,
    };

    private static SlackNetAttachment Of(Relay.Slack.Attachment attachment) => new FencedAttachment
    {
        Color = attachment.Color,
        Fallback = attachment.Fallback,
        Title = attachment.Title,
        TitleLink = attachment.TitleLink,
        Text = attachment.Text,
        Footer = attachment.Footer,
    };

    /// <summary>SlackNet knows no <c>mrkdwn_in</c>, without which the text's code fence would be shown as it is written.</summary>
    private sealed class FencedAttachment : SlackNetAttachment
    {
        public IReadOnlyList<string> MrkdwnIn { get; } = ["text"];
    }
}
