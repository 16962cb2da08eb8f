using Relay.Storage;

namespace Relay.Routes;

/// <summary>Gives one flush at a time the right to post for a route: the lease on the blob <c>routes/{route}</c>.</summary>
internal sealed class RouteTurns(IBlobStore blobs, RelayRules rules, RouteJournal journal)
{
    /// <summary>The right to post for a route, or null while somebody else has it.</summary>
    /// <param name="route">Its name; what a route that no longer exists has to tell, the default one tells.</param>
    public async Task<RouteTurn?> TryTakeAsync(string route, CancellationToken cancellation)
    {
        var destination = rules.Routes.For(route);
        var name = $"routes/{destination.Name}";
        var lease = await blobs.AcquireLeaseAsync(name, RouteTurn.LeaseDuration, cancellation);

        if (lease is null && await blobs.WriteAsync(name, RouteTurn.Write(new RouteState()), BlobCondition.Absent, cancellation))
        {
            lease = await blobs.AcquireLeaseAsync(name, RouteTurn.LeaseDuration, cancellation);
        }

        return lease is null
            ? null
            : await RouteTurn.BeginAsync(destination, new LeasedBlob(blobs, name, lease), rules.Time, journal, cancellation);
    }
}
