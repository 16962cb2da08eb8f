namespace Relay.Routes;

/// <summary>Every route that the relay knows.</summary>
public sealed class RouteTable
{
    private readonly Dictionary<string, Route> _routes;

    /// <summary>Always has a default route, whose secret is <c>slack-webhook-url</c> unless <paramref name="routes"/> say otherwise.</summary>
    /// <exception cref="ArgumentException">A route has no valid name, or two of them lead to one destination.</exception>
    public RouteTable(IEnumerable<Route> routes)
    {
        _routes = routes.ToDictionary(route => route.Name);
        _routes.TryAdd(Route.Default, Route.Named(Route.Default));

        if (_routes.Keys.FirstOrDefault(name => !Route.IsName(name)) is { } invalid)
        {
            throw new ArgumentException(
                $"The route '{invalid}' needs a name of lower-case letters, digits and single hyphens, at most 60 of them.");
        }

        // Slack's limit holds for a destination, and each route keeps it on its own.
        if (_routes.Values.GroupBy(route => (route.Secret, route.ChannelName)).FirstOrDefault(same => same.Count() > 1) is { } twins)
        {
            var names = string.Join(" and ", twins.Select(route => $"'{route.Name}'"));
            throw new ArgumentException($"The routes {names} have the same secret and channel.");
        }
    }

    /// <summary>The route for a report's channel: the default one where no other has that name.</summary>
    public Route For(string? channel) => Find(channel) ?? _routes[Route.Default];

    /// <summary>Whether somebody asked for a channel that is no route, so that the default one serves it.</summary>
    public bool IsUnknown(string? channel) => Route.NameOf(channel) is not null && Find(channel) is null;

    private Route? Find(string? channel) => Route.NameOf(channel) is { } name ? _routes.GetValueOrDefault(name) : null;
}
