using System.Collections.Concurrent;
using Local.SlackEmulator;

namespace Local.Tests.SlackEmulator;

public sealed class PaceTests
{
    private readonly Emulation emulation = new();

    [Theory]
    [InlineData(0, 429)]
    [InlineData(0.999, 429)]
    [InlineData(1, 200)]
    [InlineData(60, 200)]
    public void A_destination_takes_one_message_a_second(double gap, int status)
    {
        emulation.Hook();
        emulation.Wait(gap);

        Assert.Equal(status, emulation.Hook().Status);
    }

    [Fact]
    public void A_webhook_says_when_to_come_back()
    {
        emulation.Hook();

        var reply = emulation.Hook();

        Assert.Equal(new SlackReply(429, """{"retry_after":1,"ok":false,"error":"rate_limited"}""") { RetryAfter = "1" }, reply);
        Assert.Equal("application/json; charset=utf-8", reply.ContentType);
    }

    [Fact]
    public void The_web_api_says_when_to_come_back()
    {
        emulation.Slack.PostMessage(Emulation.Token, """{"channel":"C1","text":"one"}""");

        var reply = emulation.Slack.PostMessage(Emulation.Token, """{"channel":"#C1","text":"two"}""");

        Assert.Equal(new SlackReply(429, """{"ok":false,"error":"ratelimited"}""") { RetryAfter = "1" }, reply);
    }

    [Fact]
    public void Destinations_have_a_pace_each()
    {
        Assert.Equal(200, emulation.Hook(hook: "web").Status);
        Assert.Equal(200, emulation.Hook(hook: "db").Status);
    }

    [Fact]
    public void What_is_not_accepted_takes_no_turn()
    {
        emulation.Hook();
        emulation.Wait(0.9);
        emulation.Hook();
        emulation.Hook("{}");
        emulation.Wait(0.1);

        Assert.Equal(200, emulation.Hook().Status);
    }

    [Fact]
    public void Statistics_count_what_each_destination_was_answered()
    {
        emulation.Hook();
        emulation.Wait(1.5);
        emulation.Hook();
        emulation.Wait(0.25);
        emulation.Hook();
        emulation.Wait(2);
        emulation.Hook("{}");
        emulation.Hook(hook: "db");

        Assert.Equal(new DestinationStats(2, 0, 1, 1, 250), emulation.Slack.Stats["T1/web"]);
        Assert.Equal(new DestinationStats(1, 0, 0, 0, null), emulation.Slack.Stats["T1/db"]);
    }

    [Fact]
    public void An_edit_takes_no_turn_and_is_counted_on_its_own()
    {
        emulation.Say("""{"channel":"C1","text":"one"}""");
        emulation.Wait(0.9);
        emulation.Update("""{"channel":"C1","ts":"1795341600.000000","text":"two"}""");
        emulation.Wait(0.1);
        emulation.Say("""{"channel":"C1","text":"three"}""");

        Assert.Equal(new DestinationStats(2, 1, 0, 0, 100), emulation.Slack.Stats["C1"]);
    }

    [Fact]
    public void Fifty_edits_are_taken_in_a_minute_whatever_their_channels()
    {
        emulation.Say("""{"channel":"C1","text":"one"}""");
        emulation.Say("""{"channel":"C2","text":"two"}""");
        for (var edit = 0; edit < 50; edit++)
        {
            Assert.Equal(200, Edit().Status);
            emulation.Wait(0.5);
        }

        Assert.Equal(new SlackReply(429, """{"ok":false,"error":"ratelimited"}""") { RetryAfter = "35" }, Edit());
        emulation.Wait(35);
        Assert.Equal(200, Edit().Status);

        SlackReply Edit() => emulation.Slack.UpdateMessage(Emulation.Token, """{"channel":"C2","ts":"1795341600.000001","text":"three"}""");
    }

    [Fact]
    public void Clearing_forgets_messages_and_statistics_but_not_the_pace()
    {
        emulation.Hook();

        emulation.Slack.Clear();

        Assert.Empty(emulation.Slack.Messages);
        Assert.Empty(emulation.Slack.Stats);
        Assert.Equal(429, emulation.Hook().Status);
        Assert.Equal(new DestinationStats(0, 0, 1, 0, null), emulation.Slack.Stats["T1/web"]);
    }

    [Fact]
    public void Posts_at_the_same_moment_never_both_pass()
    {
        var replies = new ConcurrentBag<int>();

        Parallel.For(0, 200, _ => replies.Add(emulation.Hook().Status));

        Assert.Equal((1, 199), (replies.Count(status => status == 200), replies.Count(status => status == 429)));
    }
}
