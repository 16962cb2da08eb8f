using System.Text.Json;
using Local.SlackEmulator;

namespace Local.Tests.SlackEmulator;

public sealed class WebhookTests
{
    private readonly Emulation emulation = new();

    [Fact]
    public void A_message_is_kept_as_it_came_and_answered_ok()
    {
        var reply = emulation.Hook("""{"attachments":[{"color":"#d72b3f","title":"Install nginx failed"}]}""");

        Assert.Equal(new SlackReply(200, "ok"), reply);
        Assert.Equal("text/plain; charset=utf-8", reply.ContentType);
        var message = Assert.Single(emulation.Slack.Messages);
        Assert.Equal((1, "T1/web", "web"), (message.Id, message.Destination, message.Channel));
        Assert.Equal((Emulation.Start, "1795341600.000000"), (message.ReceivedAt, message.Ts));
        Assert.Equal("Install nginx failed", message.Payload.GetProperty("attachments")[0].GetProperty("title").GetString());
        Assert.Null(message.Edited);
        Assert.Null(message.ThreadTs);
    }

    [Theory]
    [InlineData("", "invalid_payload")]
    [InlineData("not json", "invalid_payload")]
    [InlineData("[]", "invalid_payload")]
    [InlineData("null", "invalid_payload")]
    [InlineData("\"text\"", "invalid_payload")]
    [InlineData("""{"text":"a","text":"b"}""", "invalid_payload")]
    [InlineData("""{"text":"half a pair \ud83d"}""", "invalid_payload")]
    [InlineData("""{"half a pair \ud83d":"text"}""", "invalid_payload")]
    [InlineData("""{"text":"a"} trailing""", "invalid_payload")]
    [InlineData("{}", "no_text")]
    [InlineData("""{"text":""}""", "no_text")]
    [InlineData("""{"text":null,"attachments":[],"blocks":null}""", "no_text")]
    [InlineData("""{"attachments":{}}""", "invalid_attachments")]
    [InlineData("""{"text":"a","blocks":"b"}""", "invalid_blocks")]
    public void A_malformed_message_is_refused_in_the_words_of_Slack(string body, string error)
    {
        var reply = emulation.Hook(body);

        Assert.Equal(new SlackReply(400, error), reply);
        Assert.Empty(emulation.Slack.Messages);
    }

    [Fact]
    public void JSON_nested_a_thousand_deep_is_refused()
    {
        var reply = emulation.Hook(new string('[', 1_000) + new string(']', 1_000));

        Assert.Equal(new SlackReply(400, "invalid_payload"), reply);
    }

    [Theory]
    [InlineData(1, "ok")]
    [InlineData(100, "ok")]
    [InlineData(101, "too_many_attachments")]
    public void A_message_has_at_most_100_attachments(int count, string answer)
    {
        var attachments = string.Join(',', Enumerable.Repeat("{}", count));

        var reply = emulation.Hook($$"""{"attachments":[{{attachments}}]}""");

        Assert.Equal(answer, reply.Body);
    }

    [Theory]
    [InlineData(40_000, 40_000)]
    [InlineData(40_001, 40_000)]
    [InlineData(90_000, 40_000)]
    public void A_text_is_cut_at_40000_characters(int sent, int kept)
    {
        emulation.Hook(JsonSerializer.Serialize(new { text = new string('x', sent) }));

        Assert.Equal(kept, TextOf(emulation.Slack.Messages[0]).Length);
    }

    [Fact]
    public void A_cut_never_splits_a_surrogate_pair()
    {
        emulation.Hook(JsonSerializer.Serialize(new { text = new string('x', 39_999) + "😀" }));

        Assert.Equal(new string('x', 39_999), TextOf(emulation.Slack.Messages[0]));
    }

    [Fact]
    public void A_webhook_of_the_team_without_webhooks_is_gone()
    {
        var reply = emulation.Slack.PostToWebhook(new WebhookAddress("TNONE", "web"), """{"text":"hello"}""");

        Assert.Equal(new SlackReply(404, "no_service"), reply);
    }

    private static string TextOf(SlackMessage message) => message.Payload.GetProperty("text").GetString() ?? "";
}
