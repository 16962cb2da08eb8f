using Relay.Slack;

namespace Relay.Delivery;

/// <summary>What one flush delivers while it has the lease of its route: posts what is pending, and keeps what became of it.</summary>
internal sealed class RouteDelivery(RouteLease lease, Messenger messenger, TimeProvider time, DeliveryLog log)
{
    private readonly DeliveryAttempt _attempt = new();

    /// <summary>The earliest time at which an incident has to be looked at again; null if none has to be.</summary>
    public DateTimeOffset? Next { get; private set; }

    /// <summary>Adds a notification, and posts once there are enough for a message; false if the route may post no more now.</summary>
    public async Task<bool> AddAsync(PendingNotification notification, CancellationToken cancellation)
    {
        _attempt.Add(notification);
        return !_attempt.IsFull || await PostAsync(cancellation);
    }

    /// <summary>Posts all that is left; false if the route may post no more now.</summary>
    public async Task<bool> FinishAsync(CancellationToken cancellation)
    {
        while (_attempt.Any)
        {
            if (!await PostAsync(cancellation))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Notes that an incident has to be looked at again, if there is a time.</summary>
    public void LookAgain(DateTimeOffset? at) => Next = Next is null || at < Next ? at ?? Next : Next;

    /// <summary>Posts one message as soon as the route may; false if it may post no more now.</summary>
    private async Task<bool> PostAsync(CancellationToken cancellation)
    {
        if (!await lease.AwaitPostAsync(cancellation))
        {
            return false;
        }

        var posting = await messenger.PostAsync(lease.Route, _attempt, cancellation);
        var at = time.GetUtcNow();

        // From here on nothing may be broken off, not even where the pace cannot be kept: what Slack has taken would be posted again.
        var pace = lease.KeepPaceAsync(posting.Outcome, at, CancellationToken.None);
        log.Paced(lease.Route, lease.State, posting.Outcome);
        try
        {
            return await KeepAsync(posting, at);
        }
        finally
        {
            await pace;
        }
    }

    /// <summary>Keeps what became of the message; false if the route may post no more now.</summary>
    private async Task<bool> KeepAsync(Posting posting, DateTimeOffset at)
    {
        if (_attempt.GoesOn(posting))
        {
            return true;
        }

        switch (posting.Outcome)
        {
            case Outcome.Delivered:
                await KeepDeliveredAsync(posting, at);
                return true;
            case Outcome.Malformed:
                await ParkAsync(at);
                return true;
            default:
                return false;
        }
    }

    private async Task KeepDeliveredAsync(Posting posting, DateTimeOffset at)
    {
        // All of them at once and before any is settled: what a crash leaves unkept is posted again.
        var delivered = _attempt.Take(posting.Composed.Taken);
        var kept = await Task.WhenAll(
            delivered.Select(one => one.Incident.KeepAsync(one.Notification, posting.Own, at, CancellationToken.None)));

        foreach (var (one, isKept) in delivered.Zip(kept))
        {
            log.Delivered(lease.Route, one.Notification, at);
            await SettleAsync(one, isKept, at);
        }
    }

    private async Task ParkAsync(DateTimeOffset at)
    {
        var refused = _attempt.Take(1)[0];
        await SettleAsync(refused, await refused.Incident.ParkAsync(refused.Notification, at, CancellationToken.None), at);
        log.Parked(refused.Notification.Incident);
    }

    private async Task SettleAsync(PendingNotification one, bool isKept, DateTimeOffset at)
    {
        if (!isKept)
        {
            log.NotKept(one.Notification.Incident);
        }

        LookAgain(await one.Incident.SettleAsync(one.Notification, isKept, at, CancellationToken.None));
    }
}
