using Relay.Reports;

namespace Relay.Messages;

/// <summary>Events of one run, as many as one queue message holds.</summary>
/// <param name="ReceivedAt">When the relay received the first of them.</param>
public sealed record EventsMessage(DateTimeOffset ReceivedAt, string? Channel, Run Run, IReadOnlyList<Event> Events) : RelayMessage
{
    /// <summary>When one of the events counts as received: a tick after the one before it, so that their order decides.</summary>
    public DateTimeOffset ReceivedAtOf(int index) => ReceivedAt.AddTicks(index);
}
