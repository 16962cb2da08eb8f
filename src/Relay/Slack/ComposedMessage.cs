namespace Relay.Slack;

/// <summary>A message, and how many of the notices that it was made of it tells: always the first ones, and at least one.</summary>
internal sealed record ComposedMessage(SlackMessage Message, int Taken);
