namespace Relay.Delivery;

/// <summary>When a route may post again, and how it fares.</summary>
/// <param name="NotBefore">No message leaves before this time.</param>
/// <param name="Failures">How many posts in a row Slack did not take.</param>
/// <param name="DeadSince">Since when Slack has said that the destination is gone; null while it is not.</param>
internal sealed record RouteState(DateTimeOffset NotBefore = default, int Failures = 0, DateTimeOffset? DeadSince = null);
