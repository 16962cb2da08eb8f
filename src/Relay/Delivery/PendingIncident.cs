using Relay.Incidents;
using Relay.State;

namespace Relay.Delivery;

/// <summary>One incident as a flush has read it: what is to be done about it, and how that is kept.</summary>
/// <param name="mark">Since when there is news, as it was before anything else was read.</param>
/// <param name="stored">What Slack knows of it; null before the first message.</param>
/// <param name="hosts">Every record that is stored, also of what is over.</param>
/// <param name="readAt">The time that decides.</param>
internal sealed class PendingIncident(
    IncidentStores stores,
    IncidentPolicy policy,
    string route,
    OutboxMark mark,
    StoredIncident? stored,
    IReadOnlyList<StoredHost> hosts,
    DateTimeOffset readAt)
{
    /// <summary>So many records are closed at once, so that a flush does not outlast its lease over one large incident.</summary>
    private const int MostClosed = 200;

    private readonly IncidentSnapshot _snapshot =
        IncidentSnapshot.Of(stored?.Incident.LastNotification, hosts.Select(host => host.Record), mark.NewsSince);

    /// <summary>What is to be done about it.</summary>
    public Decision Decision => NotificationPolicy.Decide(_snapshot, policy, readAt);

    /// <summary>The notification to deliver; null if its evidence went while it was read, which has made newer news.</summary>
    public async Task<Notification?> DraftAsync(NotificationKind kind, CancellationToken cancellation)
    {
        var evidence = await EvidenceAsync(cancellation);
        return evidence is null
            ? null
            : new Notification(kind, new Incident(mark.Incident, route, evidence, _snapshot.Last), _snapshot);
    }

    /// <summary>Keeps that Slack took <paramref name="notification"/> at <paramref name="at"/>.</summary>
    /// <param name="message">The incident's own message now, if it has one.</param>
    /// <returns>Whether it is kept: false where another flush has written meanwhile, or where the blob cannot be written.</returns>
    public Task<bool> KeepAsync(Notification notification, PostedMessage? message, DateTimeOffset at, CancellationToken cancellation) =>
        stores.Incidents.WriteAsync(After(notification, message, at), stored, cancellation);

    /// <summary>Keeps the incident for a person, since Slack refuses it in every form. From then on it counts as delivered.</summary>
    public async Task<bool> ParkAsync(Notification notification, DateTimeOffset at, CancellationToken cancellation)
    {
        var refused = After(notification, notification.Incident.LastNotification?.Message, at);
        await stores.Incidents.ParkAsync(refused, at, cancellation);
        return await stores.Incidents.WriteAsync(refused, stored, cancellation);
    }

    /// <summary>Writes down when the incident has to be looked at after a notification that counts as delivered at <paramref name="at"/>.</summary>
    /// <param name="isKept">Whether that could be kept. Where it could not, nobody is to hear of it again every second.</param>
    /// <returns>That time.</returns>
    public async Task<DateTimeOffset> SettleAsync(Notification notification, bool isKept, DateTimeOffset at, CancellationToken cancellation)
    {
        if (!isKept)
        {
            var pause = at + mark.PauseAfterFailure;
            await stores.Outbox.PauseAsync(mark, pause, cancellation);
            return pause;
        }

        var shown = _snapshot with { Last = NotificationPolicy.After(notification.Kind, _snapshot, policy, at), NewsSince = null };
        var look = NotificationPolicy.Decide(shown, policy, at) is Decision.Wait wait ? wait.Until : at;
        if (!await stores.Outbox.LookAsync(mark, look, null, cancellation))
        {
            // There is newer news; or this flush stood still, and others have told and closed all of it meanwhile: the next one will see.
            await stores.Outbox.MarkAsync(route, mark.Incident, at, cancellation);
            return at;
        }

        return look;
    }

    /// <summary>Writes down when the incident has to be looked at again, or closes it.</summary>
    /// <returns>That time; null if it is closed.</returns>
    public async Task<DateTimeOffset?> SettleAsync(CancellationToken cancellation)
    {
        switch (Decision)
        {
            case Decision.Wait wait:
                // What came again, or goes on as it was shown, is no news: it must not go before what others wait for.
                await stores.Outbox.LookAsync(mark, wait.Until, _snapshot.IsUntold ? mark.NewsSince : null, cancellation);
                return wait.Until;
            case Decision.Close when await CloseAsync(cancellation):
                await stores.Outbox.UnmarkAsync(mark, cancellation);
                return null;
            default:
                return readAt;
        }
    }

    /// <summary>What explains the incident: where a cause is new, the newest failure that has it, else what explained it before.</summary>
    private async Task<Evidence?> EvidenceAsync(CancellationToken cancellation)
    {
        var shown = _snapshot.Last?.Hosts.Values.SelectMany(host => host.Causes).ToHashSet() ?? [];
        var news = hosts.Where(host => host.Record.Counts && _snapshot.HasNews(host.Record)).ToList();
        var newest = news.Where(host => host.Record.Cause is { } cause && !shown.Contains(cause.Key)).MaxBy(host => host.Record.LastFailedAt)
            ?? (stored is null ? news.MaxBy(host => host.Record.LastFailedAt) : null);
        return newest is null
            ? stored?.Incident.Evidence
            : await stores.Hosts.ReadEvidenceAsync(newest, cancellation);
    }

    /// <summary>The incident as it is kept once <paramref name="notification"/> counts as delivered at <paramref name="at"/>.</summary>
    private Incident After(Notification notification, PostedMessage? message, DateTimeOffset at) => notification.Incident with
    {
        LastNotification = NotificationPolicy.After(notification.Kind, _snapshot, policy, at) with { Message = message },
    };

    /// <summary>
    /// Hosts are closed before the incident goes, and it goes only when all are: the other way round a crash, or anything written
    /// meanwhile, would leave resolved hosts to be announced again. A host that has failed since then keeps its record; the next flush
    /// finds it, and notifies Slack of it.
    /// </summary>
    /// <returns>Whether nothing is left of it.</returns>
    private async Task<bool> CloseAsync(CancellationToken cancellation)
    {
        var open = hosts.Where(host => host.Record.Counts).ToList();
        var areClosed = open.Count <= MostClosed;
        foreach (var host in open.Take(MostClosed))
        {
            areClosed &= await stores.Hosts.CloseAsync(host, cancellation);
        }

        return areClosed && (stored is null || await stores.Incidents.DeleteAsync(stored, cancellation));
    }
}
