using Relay.Messages;
using Relay.Storage;
using Simulation.Hosting;

namespace Simulation.Mutants;

/// <summary>Notes when a flush is due, and only then sends it.</summary>
internal sealed class DueNotedFirst(IBlobStore blobs, IMessageQueue queue) : BlobDecorator(blobs), IMessageQueue
{
    private readonly Dictionary<(Work?, string), (string Flush, TimeSpan Delay)> _held = [];

    public Task SendAsync(string message, TimeSpan delay, CancellationToken cancellation)
    {
        if (RelayMessage.Parse(message) is not FlushMessage flush)
        {
            return queue.SendAsync(message, delay, cancellation);
        }

        _held[(Work.Current, $"routes/{flush.Route}.due")] = (message, delay);
        return Task.CompletedTask;
    }

    public override async Task<bool> WriteAsync(string name, BlobContent content, BlobCondition condition, CancellationToken cancellation)
    {
        var written = await base.WriteAsync(name, content, condition, cancellation);
        if (_held.Remove((Work.Current, name), out var held))
        {
            await queue.SendAsync(held.Flush, held.Delay, cancellation);
        }

        return written;
    }
}
