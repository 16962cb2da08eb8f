using Relay.Delivery;
using Relay.Incidents;
using Relay.Messages;
using Relay.Reports;
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
        var received = message.Events.Select((one, index) => new ReceivedEvent(
            Identity.Of(message.Channel, message.Run, one),
            new Evidence(message.Run, one, message.ReceivedAtOf(index), message.Channel)));

        // One write for each host: a report may tell of a thousand failures of one, in messages that are handled side by side.
        // What the relay tells of itself has another id each time it is tried: nobody knows whether the first try was marked.
        var isOfRelay = message.Run.Mode == RunModes.Relay;
        var news = new Dictionary<Fingerprint, DateTimeOffset>();
        foreach (var ofHost in received.GroupBy(one => (one.Incident, one.HostKey)))
        {
            if (await stores.Hosts.ChangeAsync([.. ofHost], policy.RepeatInterval, cancellation) || isOfRelay)
            {
                news.TryAdd(ofHost.Key.Incident, ofHost.First().ReceivedAt);
            }
        }

        if (news.Count == 0)
        {
            return;
        }

        var route = routes.For(message.Channel).Name;
        foreach (var (incident, receivedAt) in news)
        {
            await stores.Outbox.MarkAsync(route, incident, receivedAt, cancellation);
        }

        // Not before the last of these events may be announced, so that those that came together share a message.
        var due = message.ReceivedAtOf(message.Events.Count - 1) + policy.GroupWait;
        await schedule.EnsureAsync(route, due, cancellation);
    }
}
