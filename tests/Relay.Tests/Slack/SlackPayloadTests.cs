using System.Text.Json.Nodes;
using Relay.Incidents;
using Relay.Routes;
using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class SlackPayloadTests
{
    private static readonly Destination Webhook = Parse("https://hooks.slack.com/services/" + "T000/B000/none");
    private static readonly Destination Bot = Parse("xo" + "xb-1-2-none");

    private static readonly PostedMessage Posted = new("#ops", "C1", "1.2");

    [Fact]
    public void A_webhook_gets_neither_channel_nor_token()
    {
        var json = Of(Webhook, new SlackMessage { Text = "hello" });

        Assert.Equal("""{"text":"hello","parse":"none","link_names":false}""", json.ToJsonString());
    }

    [Fact]
    public void A_bot_names_its_channel_and_unfurls_nothing()
    {
        var json = Of(Bot, new SlackMessage { Text = "hello" });

        Assert.Equal(
            """{"channel":"#ops","unfurl_links":false,"unfurl_media":false,"text":"hello","parse":"none","link_names":false}""",
            json.ToJsonString());
    }

    [Fact]
    public void An_answer_names_the_channels_id_and_its_thread()
    {
        var json = Of(Bot, new SlackMessage { Text = "hello", Answers = Posted });

        Assert.Equal(
            """{"channel":"C1","thread_ts":"1.2","unfurl_links":false,"unfurl_media":false,"text":"hello","parse":"none","link_names":false}""",
            json.ToJsonString());
    }

    [Fact]
    public void An_answer_is_shown_in_the_channel_too_where_that_is_asked_for() =>
        Assert.Equal("true", Of(Bot, new SlackMessage { Text = "hello", Answers = Posted, IsBroadcast = true })["reply_broadcast"]?.ToJsonString());

    [Fact]
    public void An_edit_names_all_that_would_otherwise_stay()
    {
        var json = Of(Bot, new SlackMessage { Edits = Posted });

        Assert.Equal("""{"channel":"C1","ts":"1.2","text":"","attachments":[],"parse":"none","link_names":false}""", json.ToJsonString());
    }

    [Fact]
    public void Other_scripts_are_sent_as_they_are()
    {
        const string Text = "漢字 é … &amp; '";

        var json = SlackPayload.Json(Webhook, new SlackMessage { Text = Text });

        Assert.StartsWith($"{{\"text\":\"{Text}\",", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_comes_out_of_the_JSON_as_it_went_in()
    {
        foreach (var seed in Enumerable.Range(0, 200))
        {
            var message = MessageComposer.Compose([HostileNotification.Of(seed)]).Message;
            var attachment = message.Attachments[0];

            var sent = Of(Bot, message)["attachments"]![0]!; // Both were just put there.

            Assert.Equal(attachment.Title, (string?)sent["title"]);
            Assert.Equal(attachment.Text, (string?)sent["text"]);
            Assert.Equal(attachment.Footer, (string?)sent["footer"]);
            Assert.Equal("""["text"]""", sent["mrkdwn_in"]?.ToJsonString());
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_still_makes_valid_JSON() =>
        Assert.Equal("a\ufffdb", (string?)Of(Webhook, new SlackMessage { Text = "a\ud83db" })["text"]);

    private static JsonNode Of(Destination destination, SlackMessage message) =>
        JsonNode.Parse(SlackPayload.Json(destination, message))!; // Not null: it is an object.

    private static Destination Parse(string secret) =>
        Destination.TryParse(secret, "#ops", AllowedHosts.Slack, out var destination, out var problem)
            ? destination
            : throw new ArgumentException(problem, nameof(secret));
}
