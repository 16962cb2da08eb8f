using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relay.Slack;

/// <summary>The JSON that Slack takes for a message.</summary>
public static class SlackPayload
{
    // The strict encoder is for JSON inside HTML: it would write every ampersand of an escaped text in six characters.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body of the post that brings <paramref name="message"/> to <paramref name="destination"/>.</summary>
    public static string Json(Destination destination, SlackMessage message)
    {
        var payload = new JsonObject();

        if (destination is BotDestination bot)
        {
            payload["channel"] = bot.Channel;
            payload["unfurl_links"] = false;
            payload["unfurl_media"] = false;
        }

        if (message.Text is { } text)
        {
            payload["text"] = text;
        }

        if (message.Attachments.Count > 0)
        {
            payload["attachments"] = new JsonArray([.. message.Attachments.Select(JsonOf)]);
        }

        // Without these Slack looks for addresses and names in plain text and makes links and mentions of them.
        payload["parse"] = "none";
        payload["link_names"] = false;
        return payload.ToJsonString(Options);
    }

    private static JsonObject JsonOf(Attachment attachment)
    {
        var json = new JsonObject
        {
            ["color"] = attachment.Color,
            ["fallback"] = attachment.Fallback,
            ["title"] = attachment.Title,
        };

        if (attachment.TitleLink is { } link)
        {
            json["title_link"] = link;
        }

        if (attachment.Text is { } text)
        {
            json["text"] = text;
        }

        // The text is a code fence. The values of fields are not named here, so that they are shown as they are.
        json["mrkdwn_in"] = new JsonArray("text");
        json["fields"] = new JsonArray([.. attachment.Fields.Select(JsonOf)]);
        json["footer"] = attachment.Footer;
        json["ts"] = attachment.Ts.ToUnixTimeSeconds();
        return json;
    }

    private static JsonObject JsonOf(AttachmentField field) =>
        new() { ["title"] = field.Title, ["value"] = field.Value, ["short"] = field.Short };
}
