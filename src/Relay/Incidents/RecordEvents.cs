using Relay.Reports;
using Relay.Routes;

namespace Relay.Incidents;

/// <summary>Folds events into their incidents and sees to it that their routes are flushed.</summary>
/// <remarks>
/// The order makes a crash harmless: a host's record without a mark is marked when the message comes again, and a mark
/// without a flush gets one then. Doing it all again changes no record; it costs one flush that finds nothing to say.
/// </remarks>
internal sealed class RecordEvents(HostStore hosts, Outbox outbox, FlushSchedule schedule, RelayRules rules)
{
    /// <summary>Records every event of the message.</summary>
    public async Task HandleAsync(EventsMessage message, CancellationToken cancellation)
    {
        var route = rules.Routes.For(message.Channel).Name;
        var seen = message.Events
            .Select((one, index) => new Sighting(
                FingerprintV1.Of(route, message.Run, one),
                new Evidence(message.Run, one),
                message.ReceivedAtOf(index)))
            .ToList();

        // One write for each host: a report may tell of a thousand failures of one, in messages that are handled side by side.
        foreach (var ofHost in seen.GroupBy(one => (one.Incident, one.Host)))
        {
            await hosts.ChangeAsync([.. ofHost], rules.Incidents.StaleAfter, cancellation);
        }

        foreach (var incident in seen.Select(one => one.Incident).Distinct())
        {
            await outbox.MarkAsync(route, incident, cancellation);
        }

        // Not before the last of these events may be told, so that those that came together are told together.
        var mayBeTold = message.ReceivedAtOf(message.Events.Count - 1) + rules.Incidents.GroupWait;
        await schedule.EnsureAsync(route, mayBeTold, cancellation);
    }
}
