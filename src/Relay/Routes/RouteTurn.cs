using System.Text.Json;
using Relay.Slack;
using Relay.Storage;

namespace Relay.Routes;

/// <summary>The right to post for a route, held for a while.</summary>
internal sealed class RouteTurn : IAsyncDisposable
{
    /// <summary>The longest that Azure gives. It is held again before each post, which takes less than half of it.</summary>
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(60);

    /// <summary>No message is begun later than this; a new flush goes on.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly LeasedBlob _blob;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _ends;
    private DateTimeOffset _leaseEnds;
    private bool _posted;

    private RouteTurn(Route route, RouteState state, LeasedBlob blob, TimeProvider time, RouteJournal journal)
    {
        (Route, State, _blob, _time, Journal) = (route, state, blob, time, journal);
        _ends = time.GetUtcNow() + Longest;
    }

    /// <summary>Whose turn it is.</summary>
    public Route Route { get; }

    /// <summary>When the route may post again.</summary>
    public RouteState State { get; private set; }

    /// <summary>Where what happens is written.</summary>
    public RouteJournal Journal { get; }

    /// <summary>The time that the pace is kept by.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Whether the route may post before the turn ends.</summary>
    public bool MayPost => State.NotBefore < _ends && Now < _ends;

    /// <summary>Begins the turn of whoever holds the lease.</summary>
    public static async Task<RouteTurn> BeginAsync(
        Route route,
        LeasedBlob blob,
        TimeProvider time,
        RouteJournal journal,
        CancellationToken cancellation)
    {
        var state = await blob.ReadAsync(cancellation) is { Content: { } content }
            ? JsonSerializer.Deserialize(content, RelayJson.Compact.RouteState)
            : null;
        return new RouteTurn(route, state ?? new RouteState(), blob, time, journal);
    }

    /// <summary>Waits until the route may post; false if it may not within this turn, or if the turn was lost.</summary>
    public async Task<bool> AwaitPostAsync(CancellationToken cancellation)
    {
        while (MayPost && State.NotBefore > Now)
        {
            await Task.Delay(State.NotBefore - Now, _time, cancellation);
        }

        // Asked last: a process that stood still for a minute has lost its turn without knowing.
        _leaseEnds = Now + LeaseDuration;
        return _posted = MayPost && await _blob.RenewAsync(cancellation);
    }

    /// <summary>Keeps what Slack's answer at <paramref name="at"/> means for the route's next post.</summary>
    /// <remarks>
    /// Where storage does not answer, the lease keeps others from posting for a while. A wait that is longer has to be stored in that time.
    /// </remarks>
    public async Task KeepPaceAsync(Outcome outcome, DateTimeOffset at, CancellationToken cancellation)
    {
        State = Pacing.After(State, outcome, at);
        Journal.Tried(Route, State, outcome);
        while (true)
        {
            try
            {
                _posted = !await _blob.WriteAsync(Write(State), cancellation);
                return;
            }
            catch (StorageUnavailableException) when (State.NotBefore > _leaseEnds && Now + _patience < _leaseEnds)
            {
                await Task.Delay(_patience, _time, cancellation);
            }
        }
    }

    /// <summary>Gives the turn back; after a post whose pace could not be kept, only the lease's end does, so that nobody posts too soon.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_posted)
        {
            await _blob.ReleaseAsync(CancellationToken.None);
        }
    }

    internal static BlobContent Write(RouteState state) => new(JsonSerializer.Serialize(state, RelayJson.Compact.RouteState));
}
