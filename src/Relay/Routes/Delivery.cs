using Relay.Slack;

namespace Relay.Routes;

/// <summary>What became of the notices that were handed over.</summary>
/// <param name="Count">How many of them, from the first on, the message held.</param>
/// <param name="At">When Slack answered.</param>
public sealed record Delivery(Outcome Outcome, int Count, DateTimeOffset At);
