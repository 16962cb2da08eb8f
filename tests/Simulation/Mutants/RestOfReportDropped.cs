using Relay.Messages;
using Relay.Storage;
using Simulation.Hosting;

namespace Simulation.Mutants;

/// <summary>Of a report that needs several messages, puts only the first one into the queue.</summary>
internal sealed class RestOfReportDropped(IMessageQueue queue) : IMessageQueue
{
    private readonly HashSet<Work?> _begun = [];

    public Task SendAsync(string message, TimeSpan delay, CancellationToken cancellation) =>
        RelayMessage.Parse(message) is not EventsMessage || _begun.Add(Work.Current) ? queue.SendAsync(message, delay, cancellation) : Task.CompletedTask;
}
