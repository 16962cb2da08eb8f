using Relay.Routes;
using Relay.Slack;

namespace Local.Tests.Queue;

/// <summary>A Slack that takes everything, and lets a test wait for the first of it.</summary>
internal sealed class WaitingSlack : ISlackClient
{
    private readonly TaskCompletionSource<SlackMessage> _posted = new();

    public Task<SlackMessage> Posted => _posted.Task.WaitAsync(TestContext.Current.CancellationToken);

    public Task<SlackReply> PostAsync(Destination destination, SlackMessage message, CancellationToken cancellation)
    {
        _posted.TrySetResult(message);
        return Task.FromResult(new SlackReply(200, "ok"));
    }
}
