using Relay.Routes;

namespace Hosting;

/// <summary>Two routes that lead to one place: Slack's limit holds for a destination, and each route keeps it on its own.</summary>
public static class TwinRoutes
{
    /// <summary>Looks through routes whose destinations are settings; one without a destination leads to a place of its own.</summary>
    /// <exception cref="FormatException">Two of them lead to the same place.</exception>
    public static void Refuse(IEnumerable<KeyValuePair<Route, Destination?>> routes)
    {
        if (routes.Where(one => one.Value is not null).GroupBy(PlaceOf).FirstOrDefault(same => same.Count() > 1) is { } twins)
        {
            throw new FormatException($"The routes {string.Join(" and ", twins.Select(one => $"'{one.Key.Name}'"))} lead to the same place.");
        }
    }

    private static (object? Secret, string? Channel) PlaceOf(KeyValuePair<Route, Destination?> one) =>
        one.Value is BotDestination bot ? (bot.Token, one.Key.ChannelName) : (one.Value, null);
}
