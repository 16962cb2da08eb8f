using System.Text.Json;
using Relay.Incidents;
using Relay.State;

namespace Relay.Delivery;

/// <summary>The incidents of a route that go on.</summary>
internal sealed class PendingIncidents(IncidentStores stores, IncidentPolicy policy, TimeProvider time, DeliveryLog log)
{
    /// <summary>Their marks, the longest waiting first: whatever one source floods the relay with comes behind older news of others.</summary>
    public async Task<IReadOnlyList<OutboxMark>> ListAsync(string route, CancellationToken cancellation)
    {
        var marks = await stores.Outbox.ListAsync(route, cancellation);
        log.Found(route, marks, time.GetUtcNow());
        return marks;
    }

    /// <summary>The incident of a mark, and what is to be done about it; null where it cannot be read, so that it holds up no other.</summary>
    public async Task<PendingIncident?> TryReadAsync(string route, OutboxMark mark, CancellationToken cancellation)
    {
        try
        {
            var stored = await stores.Incidents.ReadAsync(mark.Incident, cancellation);
            var hosts = await stores.Hosts.ListAsync(mark.Incident, cancellation);
            return new PendingIncident(stores, policy, route, mark, stored, hosts, time.GetUtcNow());
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException)
        {
            log.Unreadable(route, mark.Incident, e);
            await stores.Outbox.PauseAsync(mark, time.GetUtcNow() + mark.PauseAfterFailure, cancellation);
            return null;
        }
    }
}
