using System.Runtime.CompilerServices;
using System.Text.Json;
using Relay.Incidents;
using Relay.State;

namespace Relay.Delivery;

/// <summary>The incidents of a route that have news.</summary>
internal sealed class PendingIncidents(IncidentStores stores, IncidentPolicy policy, TimeProvider time, DeliveryLog log)
{
    /// <summary>Each of them, read only when its turn comes. One that cannot be read does not hold up the others.</summary>
    public async IAsyncEnumerable<PendingIncident> ReadAsync(string route, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var marks = await stores.Outbox.ListAsync(route, cancellation);
        log.Found(route, marks, now);

        foreach (var mark in marks)
        {
            if (await TryReadAsync(route, mark, cancellation) is { } incident)
            {
                yield return incident;
            }
        }
    }

    private async Task<PendingIncident?> TryReadAsync(string route, OutboxMark mark, CancellationToken cancellation)
    {
        try
        {
            var stored = await stores.Incidents.ReadAsync(mark.Incident, cancellation);
            var hosts = await stores.Hosts.ListAsync(mark.Incident, cancellation);
            return new PendingIncident(stores, policy, time, route, mark, stored, hosts, time.GetUtcNow());
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException)
        {
            log.Unreadable(route, mark.Incident, e);
            return null;
        }
    }
}
