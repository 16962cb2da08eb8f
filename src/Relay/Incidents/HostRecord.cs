using System.Collections.Immutable;
using Relay.Text;

namespace Relay.Incidents;

/// <summary>What is known of one host within one incident. All times are the relay's own.</summary>
/// <remarks>
/// A failure opens its id and a recovery closes the ids that it names, and nothing else does either. So the record is the same in
/// whatever order they arrive, and no clock decides whether the host fails.
/// </remarks>
public sealed record HostRecord
{
    /// <summary>How many open failures are kept; one that is pushed out for room is open no longer.</summary>
    public const int MostOpen = 32;

    /// <summary>How many ids are kept to know a repeated failure by, and how many that were recovered before they arrived.</summary>
    public const int MostKnown = 64;

    /// <summary>The host's name.</summary>
    public required string Host { get; init; }

    /// <summary>The inventory that the host is of: two inventories may each have a host of this name.</summary>
    public string? Inventory { get; init; }

    /// <summary>Why it failed last; null while nothing was received that counts.</summary>
    public Cause? Cause { get; init; }

    /// <summary>When the present episode of failures began; null while there was none.</summary>
    public DateTimeOffset? FirstFailedAt { get; init; }

    /// <summary>When the host failed last.</summary>
    public DateTimeOffset? LastFailedAt { get; init; }

    /// <summary>When nothing was open any more.</summary>
    public DateTimeOffset? MendedAt { get; init; }

    /// <summary>How many runs failed in the present episode.</summary>
    public int Runs { get; init; }

    /// <summary>A hash of the id of the run that failed last.</summary>
    public string? LastRun { get; init; }

    /// <summary>How many failures were ever recorded: a notification remembers the number that it has shown.</summary>
    public int Failures { get; init; }

    /// <summary>As many of <see cref="Failures"/> belong to incidents that are over.</summary>
    public int Settled { get; init; }

    /// <summary>Hashes of the ids of failures that nothing has ended yet, the newest last.</summary>
    public ImmutableArray<string> Open { get; init; } = [];

    /// <summary>Hashes of the ids of the newest failures, so that one which is delivered again changes nothing.</summary>
    public ImmutableArray<string> Received { get; init; } = [];

    /// <summary>Hashes of the ids of failures that were recovered before they arrived.</summary>
    public ImmutableArray<string> RecoveredEarly { get; init; } = [];

    /// <summary>Names the host within its incident.</summary>
    public string Key => field ??= KeyOf(Host, Inventory);

    /// <summary>Whether something is broken on it that was not seen to work since.</summary>
    public bool IsFailing => Open.Length > 0;

    /// <summary>Whether it failed in the incident that goes on now.</summary>
    public bool Counts => Failures > Settled;

    /// <summary>The key of a host's record.</summary>
    public static string KeyOf(string host, string? inventory) => ShortHash.Of($"{host}\0{inventory}");

    /// <summary>Whether it fails and nothing was heard of it for <paramref name="staleAfter"/>.</summary>
    public bool IsSilent(DateTimeOffset now, TimeSpan staleAfter) => IsFailing && LastFailedAt <= now - staleAfter;

    /// <summary>Whether the incident has to be looked at because of what has happened since <paramref name="before"/>.</summary>
    /// <remarks>
    /// A failure that was expected, since the host fails and for the reason that it had, changes nothing that anybody is told before the
    /// next look that is due anyway. One that nobody expected any more may end a silence.
    /// </remarks>
    public bool HasNewsSince(HostRecord before, TimeSpan expected) =>
        IsFailing != before.IsFailing
        || Cause?.Key != before.Cause?.Key
        || (Failures > before.Failures && (!IsFailing || LastFailedAt - before.LastFailedAt > expected));

    /// <summary>The record once its incident is over: only what an event that comes again is known by.</summary>
    public HostRecord Closed() => this with
    {
        Cause = null,
        FirstFailedAt = null,
        LastFailedAt = null,
        MendedAt = null,
        Runs = 0,
        LastRun = null,
        Settled = Failures,
        Open = [],
    };

    /// <summary>The record after a failure that the relay received at <paramref name="at"/>.</summary>
    /// <param name="id">A hash of the event's id.</param>
    /// <param name="run">A hash of the run's id.</param>
    public HostRecord Failed(string id, string run, Cause cause, DateTimeOffset at)
    {
        if (Received.Contains(id))
        {
            return this;
        }

        var isNewest = !(LastFailedAt > at);
        var begins = !IsFailing;
        var next = this with
        {
            Cause = isNewest ? cause : Cause,
            FirstFailedAt = begins || at < FirstFailedAt ? at : FirstFailedAt,
            LastFailedAt = isNewest ? at : LastFailedAt,
            Runs = begins ? 1 : run == LastRun ? Runs : Runs + 1,
            LastRun = run,
            Failures = Failures + 1,
            Received = Newest(Received, id, MostKnown),
        };
        return RecoveredEarly.Contains(id)
            ? next with { RecoveredEarly = RecoveredEarly.Remove(id), MendedAt = begins ? at : MendedAt }
            : next with { Open = Newest(Open, id, MostOpen) };
    }

    /// <summary>The record after a recovery that the relay received at <paramref name="at"/>.</summary>
    /// <param name="ids">Hashes of the ids of the failures that it ends.</param>
    public HostRecord Recovered(IEnumerable<string> ids, DateTimeOffset at)
    {
        var next = ids.Aggregate(this, (host, id) => host.Recovered(id));
        return IsFailing && !next.IsFailing ? next with { MendedAt = at } : next;
    }

    private HostRecord Recovered(string id) =>
        Open.Contains(id) ? this with { Open = Open.Remove(id) }
        : Received.Contains(id) || RecoveredEarly.Contains(id) ? this
        : this with { RecoveredEarly = Newest(RecoveredEarly, id, MostKnown) };

    private static ImmutableArray<string> Newest(ImmutableArray<string> ids, string id, int most) =>
        [.. ids.Skip(ids.Length + 1 - most), id];
}
