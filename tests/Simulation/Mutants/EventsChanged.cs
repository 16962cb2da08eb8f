using Relay.Messages;
using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Changes the events that go into the queue, as a bug in what reads them would.</summary>
internal sealed class EventsChanged(IMessageQueue queue, Func<EventsMessage, EventsMessage> change) : IMessageQueue
{
    public Task SendAsync(string message, TimeSpan delay, CancellationToken cancellation) =>
        queue.SendAsync(RelayMessage.Parse(message) is EventsMessage events ? change(events).ToJson() : message, delay, cancellation);
}
