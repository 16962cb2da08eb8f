using System.Runtime.CompilerServices;
using System.Text.Json;
using Relay.Incidents;
using Relay.Slack;

namespace Relay.Routes;

/// <summary>What a route has to say: reads the outbox and decides for each incident, then keeps what was said.</summary>
internal sealed class Agenda(Outbox outbox, IncidentStore incidents, HostStore hosts, RelayRules rules, RouteJournal journal)
{
    /// <summary>So many records are closed at once, so that a turn does not outlast its lease over one large incident.</summary>
    private const int MostClosed = 200;

    /// <summary>Every incident with news, each read only when its turn comes. One that cannot be read does not hold up the others.</summary>
    public async IAsyncEnumerable<AgendaItem> ReadAsync(string route, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var mark in await outbox.ListAsync(route, cancellation))
        {
            if (await ReadAsync(route, mark, cancellation) is { } item)
            {
                yield return item;
            }
        }
    }

    /// <summary>The notice for an item that is a message; null if its evidence went while it was read, which has made newer news.</summary>
    public async Task<Notice?> WriteNoticeAsync(string route, AgendaItem item, CancellationToken cancellation)
    {
        var (told, current) = item.Standing;

        // What goes on keeps its evidence; what is new has that of its first host.
        var evidence = told is not null && item.Stored is { } known
            ? known.Incident.Evidence
            : await hosts.ReadEvidenceAsync(item.Hosts.First(host => host.Record == current[0]), cancellation);
        return evidence is null
            ? null
            : new Notice(item.Decision.Saying, new Incident(item.Mark.Incident, route, evidence, told), current);
    }

    /// <summary>Keeps that Slack took <paramref name="notice"/> at <paramref name="at"/>.</summary>
    /// <param name="message">The incident's own message now, if it has one.</param>
    /// <returns>Whether it is kept; where another flush has written meanwhile, what that wrote stands, and is to be judged anew.</returns>
    public Task<bool> KeepToldAsync(AgendaItem item, Notice notice, PostedMessage? message, DateTimeOffset at, CancellationToken cancellation) =>
        incidents.WriteAsync(item.AsTold(notice, message, at), item.Stored, cancellation);

    /// <summary>Settles an incident by what was kept of it.</summary>
    /// <returns>When the incident has to be looked at again; null if not before there are news.</returns>
    public async Task<DateTimeOffset?> SettleToldAsync(AgendaItem item, CancellationToken cancellation)
    {
        if (await incidents.ReadAsync(item.Mark.Incident, cancellation) is not { } stored)
        {
            return rules.Now;
        }

        // A new one may have been told and closed by others while this flush stood still, which only its hosts show.
        var current = item.Stored is null ? await hosts.ListAsync(item.Mark.Incident, cancellation) : item.Hosts;
        return await SettleAsync(AgendaItem.Of(item.Mark, stored, current, rules), cancellation);
    }

    /// <summary>Keeps the incident for a person to look at, since Slack refuses it in every form. For the relay it is told.</summary>
    public async Task<bool> ParkAsync(AgendaItem item, Notice notice, DateTimeOffset at, CancellationToken cancellation)
    {
        var untold = item.AsTold(notice, notice.Incident.Told?.Message, at);
        await incidents.ParkAsync(untold, at, cancellation);
        return await incidents.WriteAsync(untold, item.Stored, cancellation);
    }

    /// <summary>Takes the mark of an incident that has nothing to say now, and closes it, or what of it is over.</summary>
    /// <returns>When the incident has to be looked at again; null if not before there are news.</returns>
    public async Task<DateTimeOffset?> SettleAsync(AgendaItem item, CancellationToken cancellation)
    {
        if (item.Decision.Saying != Saying.Nothing)
        {
            return item.Decision.Until ?? rules.Now;
        }

        var hostsAreClosed = await CloseHostsAsync(item, cancellation);
        if (item.Standing.Hosts.Count == 0 && !(hostsAreClosed && await CloseAsync(item, cancellation)))
        {
            return rules.Now;
        }

        await outbox.UnmarkAsync(item.Mark, cancellation);
        return null;
    }

    private async Task<AgendaItem?> ReadAsync(string route, OutboxMark mark, CancellationToken cancellation)
    {
        try
        {
            var stored = await incidents.ReadAsync(mark.Incident, cancellation);
            return AgendaItem.Of(mark, stored, await hosts.ListAsync(mark.Incident, cancellation), rules);
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException)
        {
            journal.Unreadable(route, mark.Incident, e);
            return null;
        }
    }

    /// <summary>Closes the hosts that were told and count no longer, and forgets those that were closed long ago.</summary>
    /// <returns>Whether all of the former are closed.</returns>
    private async Task<bool> CloseHostsAsync(AgendaItem item, CancellationToken cancellation)
    {
        var over = item.Open.Where(host => item.IsOver(host.Record)).ToList();
        var closed = over.Count <= MostClosed;

        foreach (var host in over.Take(MostClosed))
        {
            closed &= await hosts.CloseAsync(host, cancellation);
        }

        var forgotten = item.Hosts.Except(item.Open).Where(host => host.Record.IsForgotten(rules.Now, rules.Incidents.StaleAfter));
        foreach (var host in forgotten.Take(MostClosed))
        {
            await hosts.ForgetAsync(host, cancellation);
        }

        return closed;
    }

    /// <summary>
    /// Hosts are closed before the incident goes, and it goes only when all are: the other way round a crash, or anything written
    /// meanwhile, would leave resolved hosts to be announced again. A host that has failed since then keeps its record; the next flush
    /// finds it without an incident and announces it.
    /// </summary>
    /// <returns>Whether nothing is left to close or to tell.</returns>
    private async Task<bool> CloseAsync(AgendaItem item, CancellationToken cancellation) =>
        (item.Stored is not { } stored || await incidents.DeleteAsync(stored, cancellation))
        && item.Open.All(host => item.IsOver(host.Record));
}
