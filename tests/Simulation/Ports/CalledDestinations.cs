using Relay.Routes;
using Simulation.Hosting;
using Simulation.Slack;

namespace Simulation.Ports;

/// <summary>The routes' secrets, over the network; each instance keeps them in memory for a while.</summary>
internal sealed class CalledDestinations(Instance instance, SimulatedSlack slack) : IDestinations
{
    private static readonly TimeSpan _keptFor = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, (Destination Destination, DateTimeOffset Until)> _kept = [];

    public async Task<Destination?> FindAsync(Route route, bool fresh, CancellationToken cancellation)
    {
        if (!fresh && _kept.TryGetValue(route.Name, out var kept) && kept.Until > instance.Clock.GetUtcNow())
        {
            return kept.Destination;
        }

        var found = await instance.Calls.MakeAsync(
            new Call(CallKind.Secret, "secret", route.Name, LeadsToPost: true),
            () => Task.FromResult<Destination?>(slack.DestinationOf(route.Name)),
            () => null,
            cancellation);

        if (found is not null)
        {
            _kept[route.Name] = (found, instance.Clock.GetUtcNow() + _keptFor);
        }

        return found;
    }
}
