using Relay.Storage;

namespace Relay.Routes;

/// <summary>Gives one flush at a time the right to post for a route: the lease on the blob <c>routes/{route}</c>.</summary>
public sealed class RouteTurns(IBlobStore blobs, TimeProvider time)
{
    /// <summary>The right to post for <paramref name="route"/>, or null while somebody else has it.</summary>
    public async Task<RouteTurn?> TryTakeAsync(Route route, CancellationToken cancellation)
    {
        var name = $"routes/{route.Name}";
        var lease = await blobs.AcquireLeaseAsync(name, RouteTurn.LeaseDuration, cancellation);

        if (lease is null && await blobs.WriteAsync(name, RouteTurn.Write(new RouteState()), BlobCondition.Absent, cancellation))
        {
            lease = await blobs.AcquireLeaseAsync(name, RouteTurn.LeaseDuration, cancellation);
        }

        return lease is null ? null : await RouteTurn.BeginAsync(route, new LeasedBlob(blobs, name, lease), time, cancellation);
    }
}
