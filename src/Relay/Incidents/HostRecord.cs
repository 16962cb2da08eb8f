using Relay.Reports;

namespace Relay.Incidents;

/// <summary>What is known of one host within one incident. All times are the relay's own.</summary>
public sealed record HostRecord
{
    /// <summary>How many event ids are kept to know a repeated one by.</summary>
    public const int EventsKept = 16;

    /// <summary>The host's name.</summary>
    public required string Host { get; init; }

    /// <summary>When the present stretch of failures began; null while only a recovery was seen.</summary>
    public DateTimeOffset? FirstFailedAt { get; init; }

    /// <summary>When the host failed last.</summary>
    public DateTimeOffset? LastFailedAt { get; init; }

    /// <summary>When the host was last reported well.</summary>
    public DateTimeOffset? RecoveredAt { get; init; }

    /// <summary>How many runs failed in the present stretch.</summary>
    public int Runs { get; init; }

    /// <summary>Hashes of the newest event ids, so that an event delivered again changes nothing.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Whether the host's newest word is a failure.</summary>
    public bool IsFailing => LastFailedAt is { } failed && !(RecoveredAt >= failed);

    /// <summary>Whether a failure was seen within <paramref name="staleAfter"/> before <paramref name="now"/>.</summary>
    public bool IsFresh(DateTimeOffset now, TimeSpan staleAfter) => LastFailedAt > now - staleAfter;

    /// <summary>The record after <paramref name="seen"/>, which the relay received at <paramref name="receivedAt"/>.</summary>
    /// <remarks>Events may come twice and out of order; the same ones always end in the same state.</remarks>
    public HostRecord With(Event seen, DateTimeOffset receivedAt, TimeSpan staleAfter)
    {
        var id = ShortHash.Of(seen.Id);
        if (Events.Contains(id))
        {
            return this;
        }

        var next = this with { Events = [.. Events.TakeLast(EventsKept - 1), id] };

        if (seen.Kind == EventKind.Recovered)
        {
            return next with { RecoveredAt = Later(RecoveredAt, receivedAt) };
        }

        return StartsStretch(receivedAt, staleAfter)
            ? next with { FirstFailedAt = receivedAt, LastFailedAt = receivedAt, Runs = 1 }
            : next with { FirstFailedAt = Earlier(FirstFailedAt, receivedAt), LastFailedAt = Later(LastFailedAt, receivedAt), Runs = Runs + 1 };
    }

    private bool StartsStretch(DateTimeOffset failedAt, TimeSpan staleAfter) =>
        LastFailedAt is not { } last
        || (RecoveredAt > last && RecoveredAt < failedAt)
        || failedAt - last > staleAfter;

    private static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset seen) => known > seen ? known.Value : seen;

    private static DateTimeOffset Earlier(DateTimeOffset? known, DateTimeOffset seen) => known < seen ? known.Value : seen;
}
