using Relay.Reports;
using Relay.Routes;
using Relay.Slack;

namespace Relay.Tests.Delivery;

/// <summary>A relay whose route leads to a bot's channel, and what Slack gets from it.</summary>
internal sealed class BotRoute
{
    public BotRoute() => Lead(FixedDestinations.Bot());

    public static SlackReply Yes { get; } = new(200, """{"ok":true}""");

    public TestRelay Relay { get; } = new();

    /// <summary>When what was sent. A message goes by the number of the post that it came with.</summary>
    public IEnumerable<string> Posts => Relay.Slack.Posts.Select(post => $"{Seconds(post.At)} " + post.Message switch
    {
        { Edits: { } edited } => $"edit {edited.Ts.Split('.')[0]}",
        { Answers: { } answered } => $"answer {answered.Ts.Split('.')[0]}",
        _ => "post",
    });

    public static SlackReply No(string error) => new(200, $$"""{"ok":false,"error":"{{error}}"}""");

    public static double Seconds(DateTimeOffset at) => Math.Round((at - JumpingTime.Start).TotalSeconds, 3);

    /// <summary>The route leads there, whoever looks.</summary>
    public void Lead(Destination destination) => Relay.Destinations.Cached = Relay.Destinations.Stored = destination;

    /// <summary>The failures have come in, and ten seconds have passed.</summary>
    public async Task AnnounceAsync(params Event[] failures)
    {
        await Relay.ReceiveAsync(failures);
        await Relay.RunForAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>How Slack answers the next posts.</summary>
    public void Answer(params SlackReply[] replies) => Array.ForEach(replies, Relay.Slack.Replies.Enqueue);
}
