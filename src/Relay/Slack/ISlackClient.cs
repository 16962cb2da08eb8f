using Relay.Routes;

namespace Relay.Slack;

/// <summary>The network between the relay and Slack.</summary>
public interface ISlackClient
{
    /// <summary>
    /// Posts a message, or edits one, once, within 20 seconds, without a retry of its own. Whatever Slack or the network did is the reply;
    /// only cancellation throws.
    /// </summary>
    Task<SlackReply> PostAsync(Destination destination, SlackMessage message, CancellationToken cancellation);
}
