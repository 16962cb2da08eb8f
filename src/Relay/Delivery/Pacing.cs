using Relay.Incidents;
using Relay.Slack;

namespace Relay.Delivery;

/// <summary>The rule that decides when a route may post again, and what it tries by itself.</summary>
internal static class Pacing
{
    /// <summary>The pause after a message; no other one is shorter.</summary>
    public static readonly TimeSpan Interval = RetryAfter.Shortest;

    /// <summary>How often a destination that is gone is tried.</summary>
    public static readonly TimeSpan GoneInterval = TimeSpan.FromMinutes(10);

    /// <summary>After nothing was taken for so long somebody has to know of it, and again as often while it lasts.</summary>
    public static readonly TimeSpan AlarmInterval = TimeSpan.FromMinutes(5);

    private const int LongestBackoff = 60;

    /// <summary>So many attempts together, then incident by incident: one of them may be what Slack, or a proxy, cannot stand.</summary>
    private const int MostTogether = 3;

    private const int MostHeld = 200;

    /// <summary>The state after Slack answered at <paramref name="now"/> to a message.</summary>
    /// <param name="tried">The incidents that the message held.</param>
    /// <param name="isPlain">Whether it was a plain text.</param>
    public static RouteState After(RouteState state, IReadOnlyList<Fingerprint> tried, bool isPlain, Outcome outcome, DateTimeOffset now)
    {
        var next = state with { NotBefore = now + Interval };
        return outcome switch
        {
            Outcome.Delivered => Release(next, tried) with { Failures = 0, FailingSince = null, DeadSince = null, AlarmedAt = null, TakenAt = now },

            // They say nothing of the destination that comes next: how the route fares is as it was.
            Outcome.MessageGone or Outcome.SecretRotated => next,
            Outcome.RateLimited later => Failed(next, now) with { NotBefore = now + later.RetryAfter },
            Outcome.Gone => Failed(next, now) with { NotBefore = now + GoneInterval, DeadSince = state.DeadSince ?? now },
            Outcome.Unanswered => Hold(next, tried, now, held => held with { Tries = held.Tries + 1, MayHaveArrived = true }) with
            {
                FailingSince = state.FailingSince ?? now,
            },
            Outcome.Malformed when tried.Count > 1 => Hold(next, tried, now, held => held),
            Outcome.Malformed when !isPlain => Hold(next, tried, now, held => held with { IsPlain = true }),
            Outcome.Malformed when IsIncidentAtFault(state, tried) => Release(next, tried),
            Outcome.Malformed => Refused(Hold(next, tried, now, Again), now),
            Outcome.Retry when IsIncidentAtFault(state, tried) => Hold(next, tried, now, held => Again(held) with { IsPlain = true }),
            Outcome.Retry => AwaitBetterDays(next, tried, now),
            _ => throw new InvalidOperationException($"There is no pace after {outcome}."),
        };
    }

    /// <summary>Whether the message held one incident alone, and the destination has taken another one since that was refused.</summary>
    public static bool IsIncidentAtFault(RouteState state, IReadOnlyList<Fingerprint> tried) =>
        tried is [var alone] && state.HeldOf(alone)?.IsAtFault(state) == true;

    private static RouteState Failed(RouteState state, DateTimeOffset now) =>
        state with { Failures = state.Failures + 1, FailingSince = state.FailingSince ?? now };

    private static RouteState AwaitBetterDays(RouteState state, IReadOnlyList<Fingerprint> tried, DateTimeOffset now)
    {
        var next = Failed(state, now) with { NotBefore = now + Backoff(state.Failures) };
        return tried is [var alone] && state.HeldOf(alone) is not null ? Hold(next, tried, now, Again)
            : next.Failures >= MostTogether ? Hold(next, tried, now, held => tried.Count == 1 ? Again(held) : held)
            : next;
    }

    /// <summary>Nothing else was taken since: as it looks the destination refuses whatever it is sent, and after a while counts as gone.</summary>
    private static RouteState Refused(RouteState state, DateTimeOffset now)
    {
        var failed = Failed(state, now);
        return failed.DeadSince is not null || now - failed.FailingSince >= AlarmInterval
            ? failed with { NotBefore = now + GoneInterval, DeadSince = failed.DeadSince ?? now }
            : failed with { NotBefore = now + Backoff(state.Failures) };
    }

    private static HeldIncident Again(HeldIncident held) => held with { Tries = held.Tries + 1 };

    private static RouteState Hold(RouteState state, IReadOnlyList<Fingerprint> tried, DateTimeOffset now, Func<HeldIncident, HeldIncident> change)
    {
        var held = tried.Select(incident =>
            change(state.HeldOf(incident) ?? new HeldIncident(incident, 0, false, false, now, now)) with { TriedAt = now });
        return state with { Held = [.. Release(state, tried).Held.Concat(held).TakeLast(MostHeld)] };
    }

    private static RouteState Release(RouteState state, IReadOnlyList<Fingerprint> incidents) =>
        state with { Held = [.. state.Held.Where(held => !incidents.Contains(held.Incident))] };

    /// <summary>1, 2, 4 … seconds, at most a minute.</summary>
    private static TimeSpan Backoff(int failures) => TimeSpan.FromSeconds(Math.Min(LongestBackoff, 1 << Math.Min(failures, 6)));
}
