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
        var changed = new HashSet<Fingerprint>();

        foreach (var (index, one) in message.Events.Index())
        {
            var incident = FingerprintV1.Of(route, message.Run, one);
            var receivedAt = message.ReceivedAtOf(index);
            var seen = new Evidence(message.Run, one);
            await hosts.ChangeAsync(incident, seen, host => host.With(seen, receivedAt, rules.Incidents.StaleAfter), cancellation);
            changed.Add(incident);
        }

        foreach (var incident in changed)
        {
            await outbox.MarkAsync(route, incident, cancellation);
        }

        // Not before the last of these events may be told, so that those that came together are told together.
        var mayBeTold = message.ReceivedAtOf(message.Events.Count - 1) + rules.Incidents.GroupWait;
        await schedule.EnsureAsync(route, mayBeTold, cancellation);
    }
}
