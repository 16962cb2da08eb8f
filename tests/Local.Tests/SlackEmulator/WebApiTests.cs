using System.Text.Json;
using Local.SlackEmulator;

namespace Local.Tests.SlackEmulator;

public sealed class WebApiTests
{
    private readonly Emulation emulation = new();

    [Theory]
    [InlineData(null, """{"channel":"C1","text":"a"}""", "not_authed")]
    [InlineData(" ", """{"channel":"C1","text":"a"}""", "not_authed")]
    [InlineData("t", "not json", "invalid_json")]
    [InlineData("t", """{"text":"a"}""", "channel_not_found")]
    [InlineData("t", """{"channel":7,"text":"a"}""", "channel_not_found")]
    [InlineData("t", """{"channel":"C1"}""", "no_text")]
    public void A_refusal_is_a_200_that_is_not_ok(string? token, string body, string error)
    {
        var reply = emulation.Slack.PostMessage(token, body);

        Assert.Equal(new SlackReply(200, $$"""{"ok":false,"error":"{{error}}"}"""), reply);
        Assert.Empty(emulation.Slack.Messages);
    }

    [Fact]
    public void A_posted_message_has_a_ts_of_its_own()
    {
        var first = emulation.Say("""{"channel":"#deploys","text":"one"}""");
        var second = emulation.Say("""{"channel":"other","text":"two"}""");

        Assert.Equal("1795341600.000000", first.GetProperty("ts").GetString());
        Assert.Equal("1795341600.000001", second.GetProperty("ts").GetString());
    }

    [Theory]
    [InlineData("#deploys", "C6465706C6F7973")]
    [InlineData("deploys", "C6465706C6F7973")]
    [InlineData("C6465706C6F7973", "C6465706C6F7973")]
    [InlineData("C024BE91L", "C024BE91L")]
    [InlineData("CFF", "CFF")]
    public void A_channel_has_an_id_that_leads_there_as_well_as_its_name(string channel, string id)
    {
        var posted = emulation.Say($$"""{"channel":"{{channel}}","text":"one"}""");
        var again = emulation.Slack.PostMessage(Emulation.Token, $$"""{"channel":"{{id}}","text":"two"}""");

        Assert.Equal(id, posted.GetProperty("channel").GetString());
        Assert.Equal(429, again.Status);
    }

    [Fact]
    public void A_reply_knows_its_thread()
    {
        emulation.Say("""{"channel":"#deploys","text":"parent"}""");
        emulation.Wait(1);
        emulation.Say("""{"channel":"C6465706C6F7973","text":"reply","thread_ts":"1795341600.000000"}""");

        Assert.Equal([null, "1795341600.000000"], emulation.Slack.Messages.Select(message => message.ThreadTs));
        Assert.Single(emulation.Slack.Messages.Select(message => message.Destination).Distinct());
    }

    [Theory]
    [InlineData("""{"channel":"C1","text":"reply","thread_ts":"1.000000"}""")]
    [InlineData("""{"channel":"C2","text":"reply","thread_ts":"1795341600.000000"}""")]
    public void A_reply_to_what_is_not_there_is_refused(string body)
    {
        emulation.Say("""{"channel":"C1","text":"parent"}""");
        emulation.Wait(1);

        Assert.Equal("thread_not_found", emulation.Say(body).GetProperty("error").GetString());
    }

    [Fact]
    public void An_update_replaces_the_message_in_place()
    {
        emulation.Say("""{"channel":"C1","text":"1 host"}""");
        emulation.Wait(0.2);

        var answer = emulation.Update("""{"channel":"C1","ts":"1795341600.000000","text":"3 hosts"}""");

        Assert.Equal("""{"ok":true,"channel":"C1","ts":"1795341600.000000"}""", answer.GetRawText());
        var message = Assert.Single(emulation.Slack.Messages);
        Assert.Equal("3 hosts", message.Payload.GetProperty("text").GetString());
        Assert.Equal((Emulation.Start, Emulation.Start.AddSeconds(0.2)), (message.ReceivedAt, message.Edited));
    }

    [Fact]
    public void An_update_without_attachments_keeps_the_old_ones_and_drops_old_blocks()
    {
        emulation.Say("""{"channel":"C1","text":"1 host","attachments":[{"title":"a"}],"blocks":[{"type":"divider"}]}""");

        emulation.Update("""{"channel":"C1","ts":"1795341600.000000","text":"3 hosts"}""");

        var payload = Assert.Single(emulation.Slack.Messages).Payload;
        Assert.Equal("a", payload.GetProperty("attachments")[0].GetProperty("title").GetString());
        Assert.False(payload.TryGetProperty("blocks", out _));
    }

    [Fact]
    public void An_update_with_no_attachments_takes_the_old_ones_away()
    {
        emulation.Say("""{"channel":"C1","text":"1 host","attachments":[{"title":"a"}]}""");

        emulation.Update("""{"channel":"C1","ts":"1795341600.000000","text":"3 hosts","attachments":[]}""");

        Assert.Equal(0, Assert.Single(emulation.Slack.Messages).Payload.GetProperty("attachments").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"channel":"C1","text":"a"}""", "message_not_found")]
    [InlineData("""{"channel":"C1","ts":"1.000000","text":"a"}""", "message_not_found")]
    [InlineData("""{"channel":"C2","ts":"1795341600.000000","text":"a"}""", "message_not_found")]
    [InlineData("""{"ts":"1795341600.000000","text":"a"}""", "channel_not_found")]
    [InlineData("""{"channel":"#c1","ts":"1795341600.000000","text":"a"}""", "channel_not_found")]
    [InlineData("""{"channel":"C1","ts":"1795341600.000000"}""", "no_text")]
    public void An_update_that_cannot_be_is_refused(string body, string error)
    {
        emulation.Say("""{"channel":"C1","text":"before"}""");

        var answer = emulation.Update(body);

        Assert.Equal(error, answer.GetProperty("error").GetString());
        Assert.Null(Assert.Single(emulation.Slack.Messages).Edited);
    }

    [Theory]
    [InlineData(4_000, null)]
    [InlineData(4_001, "msg_too_long")]
    public void An_update_has_at_most_4000_characters(int length, string? error)
    {
        emulation.Say("""{"channel":"C1","text":"before"}""");

        var text = new string('x', length);
        var answer = emulation.Update(JsonSerializer.Serialize(new { channel = "C1", ts = "1795341600.000000", text }));

        Assert.Equal(error, answer.TryGetProperty("error", out var found) ? found.GetString() : null);
    }
}
