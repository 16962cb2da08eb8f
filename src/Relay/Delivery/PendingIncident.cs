using System.Collections.Immutable;
using Relay.Incidents;
using Relay.State;

namespace Relay.Delivery;

/// <summary>One incident with news, as a flush has read it: what is to be done about it, and how that is kept.</summary>
/// <param name="mark">The news, as they were before anything else was read.</param>
/// <param name="stored">What Slack knows of it; null before the first message.</param>
/// <param name="hosts">Every record that is stored, also of what is over.</param>
/// <param name="readAt">The time that decides.</param>
internal sealed class PendingIncident(
    IncidentStores stores,
    IncidentPolicy policy,
    TimeProvider time,
    string route,
    OutboxMark mark,
    StoredIncident? stored,
    IReadOnlyList<StoredHost> hosts,
    DateTimeOffset readAt)
{
    /// <summary>So many records are closed at once, so that a flush does not outlast its lease over one large incident.</summary>
    private const int MostClosed = 200;

    private readonly IncidentSnapshot _snapshot =
        IncidentSnapshot.Of(stored?.Incident.LastNotification, hosts.Select(host => host.Record), policy, readAt);

    /// <summary>What is to be done about it.</summary>
    public Decision Decision => NotificationPolicy.Decide(_snapshot, policy, readAt);

    /// <summary>The hosts with failures that are not over, or that were not settled yet.</summary>
    private IEnumerable<StoredHost> Open => hosts.Where(host => host.Record.LastFailedAt is not null);

    /// <summary>The notification to deliver; null if its evidence went while it was read, which has made newer news.</summary>
    public async Task<Notification?> DraftAsync(NotificationKind kind, CancellationToken cancellation)
    {
        var (last, current) = _snapshot;

        // What goes on keeps its evidence; what is new has that of its first host.
        var evidence = last is not null && stored is { } known
            ? known.Incident.Evidence
            : await stores.Hosts.ReadEvidenceAsync(hosts.First(host => host.Record == current[0]), cancellation);

        return evidence is null
            ? null
            : new Notification(kind, new Incident(mark.Incident, route, evidence, last), current);
    }

    /// <summary>Keeps that Slack took <paramref name="notification"/> at <paramref name="at"/>.</summary>
    /// <param name="message">The incident's own message now, if it has one.</param>
    /// <returns>Whether it is kept; where another flush has written meanwhile, what that wrote stands, and is to be judged anew.</returns>
    public Task<bool> KeepAsync(Notification notification, PostedMessage? message, DateTimeOffset at, CancellationToken cancellation) =>
        stores.Incidents.WriteAsync(After(notification, message, at), stored, cancellation);

    /// <summary>Keeps the incident for a person, since Slack refuses it in every form. From then on it counts as delivered.</summary>
    public async Task<bool> ParkAsync(Notification notification, DateTimeOffset at, CancellationToken cancellation)
    {
        var refused = After(notification, notification.Incident.LastNotification?.Message, at);
        await stores.Incidents.ParkAsync(refused, at, cancellation);
        return await stores.Incidents.WriteAsync(refused, stored, cancellation);
    }

    /// <summary>Settles the incident by what was kept of it.</summary>
    /// <returns>When the incident has to be looked at again; null if only news ask for it.</returns>
    public async Task<DateTimeOffset?> SettleKeptAsync(CancellationToken cancellation)
    {
        if (await stores.Incidents.ReadAsync(mark.Incident, cancellation) is not { } kept)
        {
            return time.GetUtcNow();
        }

        // A new one may have been announced and closed by others while this flush stood still, which only its hosts show.
        var current = stored is null ? await stores.Hosts.ListAsync(mark.Incident, cancellation) : hosts;
        return await new PendingIncident(stores, policy, time, route, mark, kept, current, time.GetUtcNow()).SettleAsync(cancellation);
    }

    /// <summary>Takes the mark of an incident that has no notification due, and closes it, or what of it is over.</summary>
    /// <returns>When the incident has to be looked at again; null if only news ask for it.</returns>
    public async Task<DateTimeOffset?> SettleAsync(CancellationToken cancellation)
    {
        if (Decision is not Decision.Nothing)
        {
            return Decision is Decision.Wait wait ? wait.Until : time.GetUtcNow();
        }

        var hostsAreClosed = await CloseHostsAsync(cancellation);
        if (_snapshot.Hosts.Count == 0 && !(hostsAreClosed && await CloseAsync(cancellation)))
        {
            return time.GetUtcNow();
        }

        await stores.Outbox.UnmarkAsync(mark, cancellation);
        return null;
    }

    /// <summary>The incident as it is kept once <paramref name="notification"/> counts as delivered at <paramref name="at"/>.</summary>
    private Incident After(Notification notification, PostedMessage? message, DateTimeOffset at)
    {
        // What Slack knew stays known, also where it counts no longer, until the host is closed.
        var open = Open.Select(host => host.Record.Host).ToHashSet();
        var before = stored?.Incident.LastNotification?.Hosts.Where(host => open.Contains(host.Key)).ToImmutableDictionary() ?? [];
        var failures = before.SetItems(notification.Hosts.Select(host => KeyValuePair.Create(host.Host, host.LastFailedAt ?? at)));
        return notification.Incident with { LastNotification = new LastNotification(notification.Kind, at, failures, message) };
    }

    /// <summary>Whether Slack knows all that the host's record says, and the host counts no longer.</summary>
    private bool IsOver(HostRecord host) => stored?.Incident.LastNotification?.Includes(host) == true && !_snapshot.Hosts.Contains(host);

    /// <summary>Closes the hosts that are over, and forgets those that were closed long ago.</summary>
    /// <returns>Whether all of the former are closed.</returns>
    private async Task<bool> CloseHostsAsync(CancellationToken cancellation)
    {
        var over = Open.Where(host => IsOver(host.Record)).ToList();
        var closed = over.Count <= MostClosed;
        foreach (var host in over.Take(MostClosed))
        {
            closed &= await stores.Hosts.CloseAsync(host, cancellation);
        }

        var forgotten = hosts.Except(Open).Where(host => host.Record.IsForgotten(time.GetUtcNow(), policy.StaleAfter));
        foreach (var host in forgotten.Take(MostClosed))
        {
            await stores.Hosts.ForgetAsync(host, cancellation);
        }

        return closed;
    }

    /// <summary>
    /// Hosts are closed before the incident goes, and it goes only when all are: the other way round a crash, or anything written
    /// meanwhile, would leave resolved hosts to be announced again. A host that has failed since then keeps its record; the next flush
    /// finds it without an incident and announces it.
    /// </summary>
    /// <returns>Whether nothing is left to close or to deliver.</returns>
    private async Task<bool> CloseAsync(CancellationToken cancellation) =>
        (stored is null || await stores.Incidents.DeleteAsync(stored, cancellation)) && Open.All(host => IsOver(host.Record));
}
