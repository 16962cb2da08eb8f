using System.Threading.Channels;
using Local.SlackEmulator;

namespace Local.Tests.SlackEmulator;

public sealed class InboxTests
{
    private readonly Emulation emulation = new();

    [Fact]
    public void It_keeps_the_newest_1000_messages()
    {
        for (var i = 0; i < 1_005; i++)
        {
            emulation.Hook(hook: $"hook-{i}");
        }

        Assert.Equal(Enumerable.Range(6, 1_000).Select(id => (long)id), emulation.Slack.Messages.Select(message => message.Id));
    }

    [Fact]
    public void A_list_once_read_does_not_change()
    {
        emulation.Hook();
        var before = emulation.Slack.Messages;

        emulation.Slack.Clear();

        Assert.Single(before);
    }

    [Fact]
    public void A_listener_hears_of_every_change_at_once()
    {
        var news = emulation.Slack.Listen();

        emulation.Say("""{"channel":"C1","text":"new"}""");
        emulation.Update("""{"channel":"C1","ts":"1795341600.000000","text":"edited"}""");
        emulation.Slack.ClearFault();
        emulation.Slack.Clear();

        Assert.Equal(
            [("activity", null), ("message", "new"), ("activity", null), ("message", "edited"), ("activity", null), ("cleared", null)],
            Heard(news));
    }

    [Fact]
    public void A_listener_that_does_not_keep_up_loses_the_oldest_news()
    {
        var news = emulation.Slack.Listen();
        for (var i = 0; i < 600; i++)
        {
            emulation.Hook($$"""{"text":"{{i}}"}""", $"hook-{i}");
        }

        Assert.Equal((1_000, "100", "599"), (news.Count, Heard(news) is var heard ? heard[1].Text : null, heard[^1].Text));
    }

    [Fact]
    public void A_listener_that_left_hears_nothing()
    {
        var news = emulation.Slack.Listen();
        emulation.Slack.StopListening(news);

        emulation.Hook();

        Assert.False(news.TryRead(out _));
    }

    private static List<(string Kind, string? Text)> Heard(ChannelReader<InboxEvent> news)
    {
        var heard = new List<(string, string?)>();
        while (news.TryRead(out var one))
        {
            heard.Add((one.Kind, one.Message?.Payload.GetProperty("text").GetString()));
        }

        return heard;
    }
}
