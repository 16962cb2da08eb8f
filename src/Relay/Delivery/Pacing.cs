using Relay.Slack;

namespace Relay.Delivery;

/// <summary>The rule that decides when a route may post again.</summary>
internal static class Pacing
{
    /// <summary>The pause after a message; no other one is shorter.</summary>
    public static readonly TimeSpan Interval = RetryAfter.Shortest;

    /// <summary>How often a destination that is gone is tried.</summary>
    public static readonly TimeSpan GoneInterval = TimeSpan.FromMinutes(10);

    private const int LongestBackoff = 60;

    /// <summary>The state after Slack answered at <paramref name="now"/> with <paramref name="outcome"/>.</summary>
    public static RouteState After(RouteState state, Outcome outcome, DateTimeOffset now) => outcome switch
    {
        Outcome.Delivered or Outcome.Malformed => new RouteState(now + Interval),
        // They say nothing of the destination that comes next: how the route fares is as it was.
        Outcome.MessageGone or Outcome.SecretRotated => state with { NotBefore = now + Interval },
        Outcome.RateLimited later => new RouteState(now + later.RetryAfter, state.Failures + 1),
        Outcome.Retry => new RouteState(now + Backoff(state.Failures), state.Failures + 1),
        Outcome.Gone => new RouteState(now + GoneInterval, state.Failures + 1, state.DeadSince ?? now),
        _ => throw new InvalidOperationException($"There is no pace after {outcome}."),
    };

    /// <summary>1, 2, 4 … seconds, at most a minute.</summary>
    private static TimeSpan Backoff(int failures) => TimeSpan.FromSeconds(Math.Min(LongestBackoff, 1 << Math.Min(failures, 6)));
}
