using Microsoft.Extensions.DependencyInjection;
using Relay;
using Relay.Incidents;
using Relay.Routes;
using Relay.Storage;

namespace Operations;

/// <summary>Puts parked messages back into the queue of a relay.</summary>
internal sealed class Replay(OperatedStorage storage, TextWriter output)
{
    /// <summary>Says how many, and what stays.</summary>
    public async Task RunAsync()
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddRelay(new RouteTable([]), new IncidentPolicy())
            .AddStorage(storage.State, storage.Reports)
            .BuildServiceProvider();

        var (sent, left) = await services.GetRequiredService<ReplayParked>().HandleAsync(CancellationToken.None);
        output.WriteLine($"{sent} {(sent == 1 ? "message is" : "messages are")} in the queue again.");
        foreach (var blob in left)
        {
            output.WriteLine($"Left, since it is no message of the relay: {blob}");
        }
    }
}
