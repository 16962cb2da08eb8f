using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relay.Routes;

namespace Relay.Slack;

/// <summary>The JSON that Slack takes for a message.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/chat.postMessage and https://docs.slack.dev/reference/methods/chat.update</remarks>
public static class SlackPayload
{
    // The strict encoder is for JSON inside HTML: it would write every ampersand of an escaped text in six characters.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body of the post that brings <paramref name="message"/> to <paramref name="destination"/>.</summary>
    public static string Json(Destination destination, SlackMessage message)
    {
        var payload = destination is BotDestination bot ? Address(bot, message) : [];

        // What an edit does not name stays as it was.
        var isEdit = message.Edits is not null;

        if (message.Text is not null || isEdit)
        {
            payload["text"] = message.Text ?? "";
        }

        if (message.Attachments.Count > 0 || isEdit)
        {
            payload["attachments"] = new JsonArray([.. message.Attachments.Select(JsonOf)]);
        }

        // Without these Slack looks for addresses and names in plain text and makes links and mentions of them.
        payload["parse"] = "none";
        payload["link_names"] = false;
        return payload.ToJsonString(Options);
    }

    private static JsonObject Address(BotDestination bot, SlackMessage message)
    {
        if (message.Edits is { } edited)
        {
            return new() { ["channel"] = edited.ChannelId, ["ts"] = edited.Ts };
        }

        var address = new JsonObject { ["channel"] = message.Answers?.ChannelId ?? bot.Channel };
        if (message.Answers is { } answered)
        {
            address["thread_ts"] = answered.Ts;

            if (message.IsBroadcast)
            {
                address["reply_broadcast"] = true;
            }
        }

        address["unfurl_links"] = false;
        address["unfurl_media"] = false;
        return address;
    }

    private static JsonObject JsonOf(Attachment attachment)
    {
        var json = new JsonObject { ["color"] = attachment.Color, ["fallback"] = attachment.Fallback };
        Add("title", attachment.Title);
        Add("title_link", attachment.TitleLink);
        Add("text", attachment.Text);
        json["mrkdwn_in"] = new JsonArray("text");
        Add("footer", attachment.Footer);
        return json;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                json[name] = value;
            }
        }
    }
}
