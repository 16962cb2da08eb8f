using Relay.Messages;
using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Sends every flush a quarter of an hour late.</summary>
internal sealed class FlushLate(IMessageQueue queue) : IMessageQueue
{
    public Task SendAsync(string message, TimeSpan delay, CancellationToken cancellation) =>
        queue.SendAsync(message, RelayMessage.Parse(message) is FlushMessage ? delay + TimeSpan.FromMinutes(15) : delay, cancellation);
}
