using Relay.Routes;
using Relay.Slack;

namespace Local.Slack;

/// <summary>The destinations of the local relay, which are settings and do not change while it runs.</summary>
public sealed class LocalDestinations : IDestinations
{
    private readonly Dictionary<string, Destination> _destinations;

    /// <summary>A route without a secret leads to the emulator at <paramref name="emulator"/>.</summary>
    /// <exception cref="StartException">A secret is neither a webhook nor a bot token.</exception>
    public LocalDestinations(LocalOptions options, Uri emulator) =>
        _destinations = options.Secrets.ToDictionary(one => one.Key.Name, one => Read(one.Key, one.Value, options.AllowedSlackHosts, emulator));

    /// <inheritdoc/>
    public Task<Destination?> FindAsync(Route route, bool fresh, CancellationToken cancellation) =>
        Task.FromResult<Destination?>(_destinations[route.Name]);

    private static Destination Read(Route route, string? secret, AllowedHosts allowed, Uri emulator)
    {
        var webhook = string.IsNullOrEmpty(secret) ? new Uri(emulator, $"/slack/services/TLOCAL/{route.Name}/emulated").ToString() : secret;
        return Destination.TryParse(webhook, route.Channel, allowed, out var destination, out var problem)
            ? destination
            : throw new StartException($"The route '{route.Name}' leads nowhere. {problem}");
    }
}
