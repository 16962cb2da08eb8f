using System.Text.Json;
using Relay.Routes;
using Relay.Slack;
using Relay.Storage;

namespace Relay.Delivery;

/// <summary>The right to post for a route, which one flush at a time has: the lease on <c>routes/{route}</c>, which holds its pace.</summary>
internal sealed class RouteLease : IAsyncDisposable
{
    /// <summary>The longest that Azure gives. It is held again before each post, which takes less than half of it.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    /// <summary>No message is begun later than this; a new flush goes on.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly LeasedBlob _blob;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _ends;
    private DateTimeOffset _leaseEnds;
    private bool _isPaceUnkept;

    private RouteLease(Route route, RouteState state, LeasedBlob blob, TimeProvider time)
    {
        (Route, State, _blob, _time) = (route, state, blob, time);
        _ends = time.GetUtcNow() + Longest;
    }

    /// <summary>The route that may be posted for.</summary>
    public Route Route { get; }

    /// <summary>When the route may post again, and how it fares.</summary>
    public RouteState State { get; private set; }

    /// <summary>Whether the route may post before the flush has to end.</summary>
    public bool MayPost => State.NotBefore < _ends && _time.GetUtcNow() < _ends;

    /// <summary>The lease, or null while another flush has it.</summary>
    public static async Task<RouteLease?> TryTakeAsync(Route route, IBlobStore blobs, TimeProvider time, CancellationToken cancellation)
    {
        var name = $"routes/{route.Name}";
        var lease = await blobs.AcquireLeaseAsync(name, Duration, cancellation);
        if (lease is null && await blobs.WriteAsync(name, Write(new RouteState()), BlobCondition.Absent, cancellation))
        {
            lease = await blobs.AcquireLeaseAsync(name, Duration, cancellation);
        }

        return lease is null ? null : await BeginAsync(route, new LeasedBlob(blobs, name, lease), time, cancellation);
    }

    /// <summary>Waits until the route may post; false if it may not before the flush has to end, or if the lease was lost.</summary>
    public async Task<bool> AwaitPostAsync(CancellationToken cancellation)
    {
        while (MayPost && State.NotBefore > _time.GetUtcNow())
        {
            await Task.Delay(State.NotBefore - _time.GetUtcNow(), _time, cancellation);
        }

        // Asked last: a process that stood still for a minute has lost its lease without knowing.
        _leaseEnds = _time.GetUtcNow() + Duration;
        return _isPaceUnkept = MayPost && await _blob.RenewAsync(cancellation);
    }

    /// <summary>Keeps what Slack's answer at <paramref name="at"/> means for the route's next post.</summary>
    /// <remarks>
    /// Where storage does not answer, the lease keeps others from posting for a while. A wait that is longer has to be stored in that time.
    /// </remarks>
    public async Task KeepPaceAsync(Outcome outcome, DateTimeOffset at, CancellationToken cancellation)
    {
        State = Pacing.After(State, outcome, at);
        while (true)
        {
            try
            {
                _isPaceUnkept = !await _blob.WriteAsync(Write(State), cancellation);
                return;
            }
            catch (StorageUnavailableException) when (State.NotBefore > _leaseEnds && _time.GetUtcNow() + _patience < _leaseEnds)
            {
                await Task.Delay(_patience, _time, cancellation);
            }
        }
    }

    /// <summary>Gives the lease back; where the pace could not be kept, it runs out instead, so that nobody posts too soon.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isPaceUnkept)
        {
            await _blob.ReleaseAsync(CancellationToken.None);
        }
    }

    private static async Task<RouteLease> BeginAsync(Route route, LeasedBlob blob, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var state = await blob.ReadAsync(cancellation) is { Content: { } content }
                ? JsonSerializer.Deserialize(content, DeliveryJson.Compact.RouteState)
                : null;
            return new RouteLease(route, state ?? new RouteState(), blob, time);
        }
        catch
        {
            await blob.ReleaseAsync(CancellationToken.None);
            throw;
        }
    }

    private static BlobContent Write(RouteState state) => new(JsonSerializer.Serialize(state, DeliveryJson.Compact.RouteState));
}
