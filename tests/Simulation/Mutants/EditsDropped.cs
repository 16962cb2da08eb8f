using Relay.Routes;
using Relay.Slack;

namespace Simulation.Mutants;

/// <summary>Leaves a bot's message as it was posted, and takes that for an edit.</summary>
internal sealed class EditsDropped(ISlackClient slack) : ISlackClient
{
    public Task<SlackReply> PostAsync(Destination destination, SlackMessage message, CancellationToken cancellation) => message.Edits is { } edited
        ? Task.FromResult(new SlackReply(200, $$"""{"ok":true,"channel":"{{edited.ChannelId}}","ts":"{{edited.Ts}}"}"""))
        : slack.PostAsync(destination, message, cancellation);
}
