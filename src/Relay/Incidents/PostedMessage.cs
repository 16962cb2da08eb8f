namespace Relay.Incidents;

/// <summary>A message that a bot has posted, by the names that it takes to edit and to answer it.</summary>
/// <param name="Channel">The channel as the route's setting named it. If that is another one by now, the message is elsewhere.</param>
/// <param name="ChannelId">Slack's id of the channel: <c>chat.update</c> takes no name.</param>
/// <param name="Ts">Slack's name for the message within the channel.</param>
public sealed record PostedMessage(string Channel, string ChannelId, string Ts);
