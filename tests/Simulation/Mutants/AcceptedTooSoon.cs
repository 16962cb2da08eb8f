using Relay.Messages;
using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Answers 202 while the events are still on their way into the queue.</summary>
internal sealed class AcceptedTooSoon(IMessageQueue queue) : IMessageQueue
{
    public Task SendAsync(string message, TimeSpan delay, CancellationToken cancellation)
    {
        var sent = queue.SendAsync(message, delay, cancellation);
        return RelayMessage.Parse(message) is EventsMessage ? Task.CompletedTask : sent;
    }
}
