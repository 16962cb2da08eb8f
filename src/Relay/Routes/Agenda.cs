using System.Runtime.CompilerServices;
using Relay.Incidents;

namespace Relay.Routes;

/// <summary>What a route has to say: reads the outbox and decides for each incident, then keeps what was said.</summary>
public sealed class Agenda(Outbox outbox, IncidentStore incidents, HostStore hosts, RelayRules rules)
{
    /// <summary>Every incident with news, each read only when its turn comes.</summary>
    public async IAsyncEnumerable<AgendaItem> ReadAsync(Route route, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var mark in await outbox.ListAsync(route.Name, cancellation))
        {
            var incident = await incidents.ReadAsync(mark.Incident, cancellation);
            var stored = await hosts.ListAsync(mark.Incident, cancellation);
            yield return Decide(new AgendaItem(mark, incident, stored, new Standing(null, []), default));
        }
    }

    /// <summary>The notice for an item that is a message; null if its evidence went while it was read, which has made newer news.</summary>
    public async Task<Notice?> WriteNoticeAsync(Route route, AgendaItem item, CancellationToken cancellation)
    {
        var (told, current) = item.Standing;

        // What goes on keeps its evidence; what is new has that of its first host.
        var evidence = told is not null && item.Incident is { } known
            ? known.Evidence
            : await hosts.ReadEvidenceAsync(item.Hosts.First(host => host.Record == current[0]), cancellation);
        return evidence is null
            ? null
            : new Notice(item.Decision.Saying, new Incident(item.Mark.Incident, route.Name, evidence, told), current);
    }

    /// <summary>Keeps that Slack took <paramref name="notice"/> at <paramref name="at"/>.</summary>
    /// <returns>When the incident has to be looked at again; null if not before there are news.</returns>
    public async Task<DateTimeOffset?> KeepToldAsync(AgendaItem item, Notice notice, string? ts, DateTimeOffset at, CancellationToken cancellation)
    {
        var known = notice.Incident.Told?.Hosts ?? [];
        var told = new Told(notice.Saying, at, known.Union(notice.Hosts.Select(host => host.Host)), ts);
        var incident = notice.Incident with { Told = told };

        await incidents.WriteAsync(incident, cancellation);
        return await SettleAsync(Decide(item with { Incident = incident }), cancellation);
    }

    /// <summary>Takes the mark of an incident that has nothing to say now, and the records of one that is over.</summary>
    /// <returns>When the incident has to be looked at again; null if not before there are news.</returns>
    public async Task<DateTimeOffset?> SettleAsync(AgendaItem item, CancellationToken cancellation)
    {
        if (item.Decision.Saying != Saying.Nothing)
        {
            return item.Decision.Until ?? rules.Time.GetUtcNow();
        }

        if (item.IsOver)
        {
            await CloseAsync(item, cancellation);
        }

        await outbox.UnmarkAsync(item.Mark, cancellation);
        return null;
    }

    /// <summary>
    /// Hosts go before the incident: a host that fails meanwhile keeps its record and makes newer news, and the next flush finds
    /// it without an incident and announces it. The other way round a crash would leave resolved hosts to be announced again.
    /// </summary>
    private async Task CloseAsync(AgendaItem item, CancellationToken cancellation)
    {
        foreach (var host in item.Hosts)
        {
            await hosts.DeleteAsync(host, cancellation);
        }

        await incidents.DeleteAsync(item.Mark.Incident, cancellation);
    }

    private AgendaItem Decide(AgendaItem item)
    {
        var now = rules.Time.GetUtcNow();
        var standing = Standing.Of(item.Incident?.Told, item.Hosts.Select(host => host.Record), rules.Incidents, now);
        return item with { Standing = standing, Decision = NextSaying.Of(standing, rules.Incidents, now) };
    }
}
