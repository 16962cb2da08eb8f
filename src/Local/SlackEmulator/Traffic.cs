using System.Diagnostics;

namespace Local.SlackEmulator;

/// <summary>One destination's pace and counts, on a clock that never jumps. Not thread-safe.</summary>
internal sealed class Traffic(TimeProvider time)
{
    private static readonly TimeSpan LeastGap = TimeSpan.FromSeconds(1);

    private long? lastCall;
    private long? lastAccepted;

    public DestinationStats Stats { get; private set; } = DestinationStats.None;

    public bool IsTooSoon => lastAccepted is { } then && time.GetElapsedTime(then) < LeastGap;

    public void Arrived()
    {
        if (lastCall is { } then)
        {
            var gap = time.GetElapsedTime(then).TotalMilliseconds;
            Stats = Stats with { SmallestGapMs = Math.Min(gap, Stats.SmallestGapMs ?? gap) };
        }

        lastCall = time.GetTimestamp();
    }

    /// <summary>An edit makes nobody wait: only what is posted counts for the pace.</summary>
    public void Count(PostOutcome outcome)
    {
        Stats = outcome switch
        {
            PostOutcome.Accepted { Message.Edited: not null } => Stats with { Edited = Stats.Edited + 1 },
            PostOutcome.Accepted => Stats with { Accepted = Stats.Accepted + 1 },
            PostOutcome.RateLimited => Stats with { RateLimited = Stats.RateLimited + 1 },
            PostOutcome.Refused => Stats with { Refused = Stats.Refused + 1 },
            _ => throw new UnreachableException(),
        };

        lastAccepted = outcome is PostOutcome.Accepted { Message.Edited: null } ? time.GetTimestamp() : lastAccepted;
    }

    /// <summary>Forgets the counts, not the pace: Slack does not forgive a burst because a test begins.</summary>
    public void ForgetStats()
    {
        Stats = DestinationStats.None;
        lastCall = null;
    }
}
