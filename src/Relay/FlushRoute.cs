using Relay.Delivery;
using Relay.Incidents;
using Relay.Messages;
using Relay.Routes;
using Relay.Storage;

namespace Relay;

/// <summary>Delivers a route's notifications, one message a second, until none is left or its time is up.</summary>
internal sealed class FlushRoute(
    RouteTable routes,
    IBlobStore blobs,
    FlushSchedule schedule,
    PendingIncidents incidents,
    Messenger messenger,
    TimeProvider time,
    DeliveryLog log)
{
    private static readonly TimeSpan _leaseRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(10);

    /// <summary>Flushes the route, or makes another flush due while somebody else does.</summary>
    public async Task HandleAsync(FlushMessage flush, CancellationToken cancellation)
    {
        var route = routes.For(flush.Route); // The news of a route that is no longer configured go to the default one.
        if (await schedule.IsReplacedAsync(flush, cancellation))
        {
            return;
        }

        DateTimeOffset? next;
        await using (var lease = await RouteLease.TryTakeAsync(route, blobs, time, cancellation))
        {
            if (lease is null)
            {
                await schedule.PostponeAsync(flush, _leaseRetry, cancellation);
                return;
            }

            // Before the outbox is read: whoever has news from here on makes a new flush due.
            await schedule.ClearAsync(flush.Route, cancellation);
            next = await DeliverAsync(lease, flush.Route, cancellation);
        }

        if (next is { } due)
        {
            // Further ahead, each flush that comes before it would leave a message behind.
            var latest = time.GetUtcNow() + _longestPause;
            await schedule.EnsureAsync(flush.Route, due < latest ? due : latest, cancellation);
        }
    }

    /// <returns>When the outbox has to be looked at again; null if no incident goes on.</returns>
    private async Task<DateTimeOffset?> DeliverAsync(RouteLease lease, string outbox, CancellationToken cancellation)
    {
        // Also where nothing may be posted: how long news have waited is measured by it.
        var marks = await incidents.ListAsync(outbox, cancellation);
        if (!lease.MayPost)
        {
            return lease.State.NotBefore;
        }

        var delivery = new RouteDelivery(lease, messenger, time, log);
        foreach (var mark in marks)
        {
            if (!mark.IsDue(time.GetUtcNow()))
            {
                delivery.LookAgain(mark.Look);
            }
            else if (await incidents.TryReadAsync(outbox, mark, cancellation) is not { } incident)
            {
                delivery.LookAgain(time.GetUtcNow() + mark.PauseAfterFailure);
            }
            else if (incident.Decision is not Decision.Notify(var kind))
            {
                delivery.LookAgain(await incident.SettleAsync(cancellation));
            }
            else if (await incident.DraftAsync(kind, cancellation) is not { } notification)
            {
                delivery.LookAgain(DateTimeOffset.MinValue);
            }
            else if (!await delivery.AddAsync(new PendingNotification(incident, notification), cancellation))
            {
                return lease.State.NotBefore;
            }
        }

        var isFinished = await delivery.FinishAsync(cancellation);
        return isFinished && !(delivery.Next < lease.State.NotBefore) ? delivery.Next : lease.State.NotBefore;
    }
}
