using Relay.Messages;
using Relay.Storage;
using Simulation.Hosting;

namespace Simulation.Ports;

/// <summary>The queue of the world, over the network. The service counts delays in whole seconds.</summary>
internal sealed class CalledQueue(Calls calls, World world) : IMessageQueue
{
    public Task SendAsync(string message, TimeSpan delay, CancellationToken cancellation) => calls.MakeAsync(
        new Call(CallKind.Queue, "send", RelayMessage.Parse(message).GetType().Name),
        async () =>
        {
            world.History.Sent(message);
            await world.Queue.SendAsync(message, TimeSpan.FromSeconds(Math.Ceiling(delay.TotalSeconds)), CancellationToken.None);
            return true;
        },
        () => throw new StorageUnavailableException("take a message", new IOException("No answer.")),
        cancellation);
}
