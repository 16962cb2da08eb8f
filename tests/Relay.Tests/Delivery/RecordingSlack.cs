using Relay.Routes;
using Relay.Slack;

namespace Relay.Tests.Delivery;

/// <summary>A Slack that keeps what it is sent, and gives the answers that a test has put there; without any, that all is well.</summary>
public sealed class RecordingSlack(TimeProvider time) : ISlackClient
{
    public List<(DateTimeOffset At, Destination Destination, SlackMessage Message)> Posts { get; } = [];

    public Queue<SlackReply> Replies { get; } = [];

    /// <summary>What Slack has taken, in its order.</summary>
    public List<SlackMessage> Taken { get; } = [];

    public Func<Task> BeforeReply { get; set; } = () => Task.CompletedTask;

    public async Task<SlackReply> PostAsync(Destination destination, SlackMessage message, CancellationToken cancellation)
    {
        Posts.Add((time.GetUtcNow(), destination, message));
        var reply = Replies.TryDequeue(out var given) ? given : Yes(destination);
        if (reply is { Status: 200, Body: var body } && !body.Contains("\"ok\":false", StringComparison.Ordinal))
        {
            Taken.Add(message);
        }

        await BeforeReply();
        return reply;
    }

    /// <summary>A bot's message is named after the number of its post.</summary>
    private SlackReply Yes(Destination destination) => new(
        200, destination is BotDestination bot ? $$"""{"ok":true,"channel":"C{{bot.Channel.TrimStart('#').ToUpperInvariant()}}","ts":"{{Posts.Count}}.000100"}""" : "ok");
}
