using Relay.Reports;

namespace Relay.Incidents;

/// <summary>What is known of one host within one incident. All times are the relay's own.</summary>
public sealed record HostRecord
{
    /// <summary>How many event ids are kept to know a repeated one by: more than one host fails with in a report, and a kilobyte of metadata.</summary>
    public const int EventsKept = 64;

    /// <summary>The host's name.</summary>
    public required string Host { get; init; }

    /// <summary>When the present stretch of failures began; null while there is none.</summary>
    public DateTimeOffset? FirstFailedAt { get; init; }

    /// <summary>When the host failed last; null while there is no stretch.</summary>
    public DateTimeOffset? LastFailedAt { get; init; }

    /// <summary>When the present stretch ended; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the host was last reported well.</summary>
    public DateTimeOffset? RecoveredAt { get; init; }

    /// <summary>How many runs failed in the present stretch.</summary>
    public int Runs { get; init; }

    /// <summary>A hash of the id of the run that failed last.</summary>
    public string? LastRun { get; init; }

    /// <summary>Hashes of the newest event ids, so that an event delivered again changes nothing.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Whether the host's newest word is a failure.</summary>
    public bool IsFailing => LastFailedAt is { } failed && !(RecoveredAt >= failed);

    /// <summary>Whether a failure was seen within <paramref name="staleAfter"/> before <paramref name="now"/>.</summary>
    public bool IsFresh(DateTimeOffset now, TimeSpan staleAfter) => LastFailedAt > now - staleAfter;

    /// <summary>Whether nothing at all was seen for so long that the record is of no more use.</summary>
    public bool IsForgotten(DateTimeOffset now, TimeSpan staleAfter) => !IsFresh(now, staleAfter) && !(RecoveredAt > now - staleAfter);

    /// <summary>The record once its failures are told and over: only what an event that comes again is known by.</summary>
    public HostRecord Closed() => this with { FirstFailedAt = null, LastFailedAt = null, EndedAt = null, Runs = 0, LastRun = null };

    /// <summary>The record after <paramref name="seen"/>, which the relay received at <paramref name="receivedAt"/>.</summary>
    /// <remarks>Events may come twice and out of order.</remarks>
    public HostRecord With(Evidence seen, DateTimeOffset receivedAt, TimeSpan staleAfter)
    {
        var id = ShortHash.Of(seen.Event.Id);
        if (Events.Contains(id))
        {
            return this;
        }

        var next = this with { Events = [.. Events.TakeLast(EventsKept - 1), id] };
        return seen.Event.Kind == EventKind.Recovered
            ? next.Recovered(receivedAt)
            : next.Failed(receivedAt, ShortHash.Of(seen.Event.Run ?? seen.Run.Id), staleAfter);
    }

    private HostRecord Recovered(DateTimeOffset at)
    {
        var well = this with { RecoveredAt = Later(RecoveredAt, at), EndedAt = at >= LastFailedAt ? Earlier(EndedAt, at) : EndedAt };

        // A recovery that was overtaken by a later failure: the present stretch began after it.
        return FirstFailedAt <= at && at < LastFailedAt ? well with { FirstFailedAt = LastFailedAt, Runs = 1 } : well;
    }

    private HostRecord Failed(DateTimeOffset at, string run, TimeSpan staleAfter)
    {
        if (RecoveredAt >= at && LastFailedAt > RecoveredAt)
        {
            return this; // Of a stretch that is over, while another one goes on.
        }

        var begins = LastFailedAt is not { } last || EndedAt < at || at - last > staleAfter;
        return begins
            ? this with { FirstFailedAt = at, LastFailedAt = at, EndedAt = RecoveredAt > at ? RecoveredAt : null, Runs = 1, LastRun = run }
            : this with
            {
                FirstFailedAt = Earlier(FirstFailedAt, at),
                LastFailedAt = Later(LastFailedAt, at),
                Runs = run == LastRun ? Runs : Runs + 1,
                LastRun = run,
            };
    }

    private static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset seen) => known > seen ? known.Value : seen;

    private static DateTimeOffset Earlier(DateTimeOffset? known, DateTimeOffset seen) => known < seen ? known.Value : seen;
}
