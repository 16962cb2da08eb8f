using Relay.Incidents;
using Relay.Routes;
using Relay.Slack;

namespace Relay.Delivery;

/// <summary>One message that was sent to Slack, and what came of it.</summary>
/// <param name="Destination">Where it was sent; null if nobody knows where the route leads.</param>
internal sealed record Posting(Destination? Destination, ComposedMessage Composed, Outcome Outcome)
{
    /// <summary>The incident's own message once Slack has taken this one: the one that it answers, or itself if it is a bot's.</summary>
    public PostedMessage? Own => (Composed.Message.Answers, Destination, Outcome) switch
    {
        ({ } answered, _, _) => answered,
        (_, BotDestination bot, Outcome.Delivered { ChannelId: { } id, Ts: { } ts }) => new(bot.Channel, id, ts),
        _ => null,
    };
}
