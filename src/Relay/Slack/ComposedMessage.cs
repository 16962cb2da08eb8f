namespace Relay.Slack;

/// <summary>A message, and how many of the given notifications it holds: always the first ones, and at least one.</summary>
internal sealed record ComposedMessage(SlackMessage Message, int Taken);
