using Relay.Routes;

namespace Local.Slack;

/// <summary>The destinations of the local relay, which are settings and do not change while it runs.</summary>
/// <remarks>A route without one leads to the emulator.</remarks>
public sealed class LocalDestinations(LocalOptions options, EmulatorAddress emulator) : IDestinations
{
    private readonly Dictionary<string, Destination?> _configured = options.Routes.ToDictionary(one => one.Key.Name, one => one.Value);

    /// <inheritdoc/>
    public Task<Destination?> FindAsync(Route route, bool fresh, CancellationToken cancellation) =>
        Task.FromResult<Destination?>(_configured.GetValueOrDefault(route.Name) ?? Emulated(route));

    private Destination Emulated(Route route)
    {
        var webhook = new Uri(emulator.Url, $"/slack/services/TLOCAL/{route.Name}/emulated").ToString();
        return route.DestinationOf(webhook, AllowedHosts.SlackAndLoopback);
    }
}
