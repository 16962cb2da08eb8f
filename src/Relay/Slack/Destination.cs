namespace Relay.Slack;

/// <summary>Where messages go: an incoming webhook, or a channel with a bot token.</summary>
public sealed record Destination;
