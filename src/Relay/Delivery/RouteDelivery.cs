using Relay.Incidents;
using Relay.Slack;

namespace Relay.Delivery;

/// <summary>What one flush delivers while it has the lease of its route: posts what is pending, and keeps what became of it.</summary>
internal sealed class RouteDelivery(RouteLease lease, Messenger messenger, TimeProvider time, DeliveryLog log)
{
    private readonly List<PendingNotification> _pending = [];

    /// <summary>What the first notification still needs, such as the answer beneath an edited message.</summary>
    private DeliveryAttempt? _unfinished;

    /// <summary>The earliest time at which an incident has to be looked at again; null if none has to be.</summary>
    public DateTimeOffset? Next { get; private set; }

    /// <summary>Adds a notification, and posts once there are enough for a message; false if the route may post no more now.</summary>
    public async Task<bool> AddAsync(PendingNotification notification, CancellationToken cancellation)
    {
        _pending.Add(notification);
        return _pending.Count < MessageComposer.MostAttachments || await PostAsync(cancellation);
    }

    /// <summary>Posts all that is left; false if the route may post no more now.</summary>
    public async Task<bool> FinishAsync(CancellationToken cancellation)
    {
        while (_pending.Count > 0)
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

        var attempt = _unfinished ?? FirstAttempt();
        var posting = await messenger.PostAsync(lease.Route, attempt, cancellation);
        var at = time.GetUtcNow();
        List<Fingerprint> tried = [.. attempt.Notifications.Take(Math.Max(1, posting.Composed.Taken)).Select(one => one.Notification.Incident.Fingerprint)];
        var isForGood = Pacing.IsIncidentAtFault(lease.State, tried);

        // From here on nothing may be broken off, not even where the pace cannot be kept: what Slack has taken would be posted again.
        var pace = lease.KeepPaceAsync(state => Pacing.After(state, tried, attempt.IsPlain, posting.Outcome, at), CancellationToken.None);
        log.Paced(lease.Route, lease.State, posting.Outcome);
        try
        {
            _unfinished = attempt.After(posting);
            return _unfinished is not null || await KeepAsync(posting, tried.Count, isForGood, at);
        }
        finally
        {
            await pace;
        }
    }

    /// <summary>The first incidents together; one that was refused in company, or by itself, is alone.</summary>
    private DeliveryAttempt FirstAttempt()
    {
        var held = HeldOf(_pending[0]);
        var company = held is null ? _pending.TakeWhile(one => HeldOf(one) is null) : _pending.Take(1);
        return new([.. company], held?.IsPlain == true);
    }

    private HeldIncident? HeldOf(PendingNotification one) => lease.State.HeldOf(one.Notification.Incident.Fingerprint);

    /// <summary>Keeps what became of the message; false if the route may post no more now.</summary>
    /// <param name="isForGood">Whether a refusal is the incident's own fault, since another one was taken meanwhile.</param>
    private async Task<bool> KeepAsync(Posting posting, int tried, bool isForGood, DateTimeOffset at)
    {
        switch (posting.Outcome)
        {
            case Outcome.Delivered:
                await KeepDeliveredAsync(posting, at);
                return true;
            case Outcome.Malformed when tried > 1:
                return true; // From now on they stand alone.
            case Outcome.Malformed when isForGood:
                await ParkAsync(at);
                return true;
            case Outcome.Unanswered:
            case Outcome.Retry when isForGood:
                foreach (var one in Take(tried))
                {
                    LookAgain(HeldOf(one)?.NotBefore(lease.State) ?? at);
                }

                return true;
            default:
                return false;
        }
    }

    private async Task KeepDeliveredAsync(Posting posting, DateTimeOffset at)
    {
        // All of them at once and before any is settled: what a crash leaves unkept is posted again.
        var delivered = Take(posting.Composed.Taken);
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
        var refused = Take(1)[0];
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

    private List<PendingNotification> Take(int count)
    {
        var taken = _pending[..count];
        _pending.RemoveRange(0, count);
        return taken;
    }
}
