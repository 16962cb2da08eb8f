namespace Relay.Routes;

/// <summary>Knows the secrets of the routes.</summary>
public interface IDestinations
{
    /// <summary>Where the route leads; null if that cannot be known now, which the implementation has logged with the reason.</summary>
    /// <param name="route">Whose secret is wanted.</param>
    /// <param name="fresh">Read the secret again, because Slack says that the destination is gone.</param>
    Task<Destination?> FindAsync(Route route, bool fresh, CancellationToken cancellation);
}
