using Relay;
using Relay.Reports;
using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Answers 202 while the events are still on their way into the queue.</summary>
internal sealed class AcceptedTooSoon(IMessageQueue queue) : IMessageQueue
{
    public Task SendAsync(RelayMessage message, TimeSpan delay, CancellationToken cancellation)
    {
        var sent = queue.SendAsync(message, delay, cancellation);
        return message is EventsMessage ? Task.CompletedTask : sent;
    }
}
