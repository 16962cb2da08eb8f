using Relay.Routes;
using Relay.Slack;
using Simulation.Hosting;

namespace Simulation.Ports;

/// <summary>Slack, over the network. Whatever goes wrong is a reply; only cancellation throws.</summary>
internal sealed class CalledSlack(Instance instance, World world) : ISlackClient
{
    private static readonly SlackReply _none = new(null, "network: no answer");

    /// <summary>How long the client waits for a reply.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    public async Task<SlackReply> PostAsync(Destination destination, SlackMessage message, CancellationToken cancellation)
    {
        var posted = instance.Clock.GetUtcNow();
        var work = Work.Current ?? throw new InvalidOperationException("Somebody posts outside of all work.");
        work.PostedAt = world.Timeline.Now;
        var reply = await instance.Calls.MakeAsync(
            new Call(CallKind.Slack, "post", $"{destination}"),
            () => Task.FromResult(world.Slack.Take(work, destination, message) ?? _none),
            () => _none,
            cancellation);

        if (reply.Status is null && posted + _patience - instance.Clock.GetUtcNow() is { Ticks: > 0 } left)
        {
            await instance.PauseAsync(left);
            if (cancellation.IsCancellationRequested)
            {
                work.Interrupt(world.Timeline.Now);
                throw new OperationCanceledException(cancellation);
            }
        }

        return reply;
    }
}
