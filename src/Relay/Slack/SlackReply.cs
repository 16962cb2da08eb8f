namespace Relay.Slack;

/// <summary>What came back for one post, uninterpreted.</summary>
/// <param name="Status">The HTTP status; null when no reply came.</param>
/// <param name="Body">The reply's text, or what the network said. Never holds the destination's secret.</param>
/// <param name="RetryAfter">The header of that name as it was written.</param>
public sealed record SlackReply(int? Status, string Body, string? RetryAfter = null);
