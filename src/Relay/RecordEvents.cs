using Relay.Delivery;
using Relay.Incidents;
using Relay.Messages;
using Relay.Routes;
using Relay.State;

namespace Relay;

/// <summary>Folds events into their incidents and sees to it that their routes are flushed.</summary>
/// <remarks>
/// The order makes a crash harmless: a host's record without a mark is marked when the message comes again, and a mark
/// without a flush gets one then. Doing it all again changes no record; it costs one flush that finds nothing to deliver.
/// </remarks>
internal sealed class RecordEvents(IncidentStores stores, FlushSchedule schedule, RouteTable routes, IncidentPolicy policy)
{
    /// <summary>Records every event of the message.</summary>
    public async Task HandleAsync(EventsMessage message, CancellationToken cancellation)
    {
        var route = routes.For(message.Channel).Name;
        var seen = message.Events
            .Select((one, index) => new ReceivedEvent(
                FingerprintV1.Of(route, message.Run, one),
                new Evidence(message.Run, one),
                message.ReceivedAtOf(index)))
            .ToList();

        // One write for each host: a report may hold a thousand failures of one, in messages that are handled side by side.
        foreach (var ofHost in seen.GroupBy(one => (one.Incident, one.Host)))
        {
            await stores.Hosts.ChangeAsync([.. ofHost], policy.StaleAfter, cancellation);
        }

        foreach (var incident in seen.Select(one => one.Incident).Distinct())
        {
            await stores.Outbox.MarkAsync(route, incident, cancellation);
        }

        // Not before the last of these events may be announced, so that those that came together share a message.
        var due = message.ReceivedAtOf(message.Events.Count - 1) + policy.GroupWait;
        await schedule.EnsureAsync(route, due, cancellation);
    }
}
