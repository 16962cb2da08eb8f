using Local.Queue;
using Local.Slack;
using Relay.Incidents;
using Relay.Routes;

namespace Local;

/// <summary>The settings of the local relay, each from the command line, the environment or <c>appsettings.json</c>.</summary>
public sealed record LocalOptions
{
    /// <summary>Where the relay listens.</summary>
    public const string DefaultUrl = "http://127.0.0.1:7071";

    /// <summary>The key that callers have to send.</summary>
    public required string Key { get; init; }

    /// <summary>The connection string of the storage account; null starts Azurite.</summary>
    public string? Storage { get; init; }

    /// <summary>Where each route leads; null is a webhook of the emulator's.</summary>
    public required IReadOnlyDictionary<Route, Destination?> Routes { get; init; }

    /// <summary>Whether any route leads to the emulator.</summary>
    public bool UsesEmulator =>
        Routes.Values.Any(destination => destination is null || (destination is BotDestination bot && EmulatedBot.Is(bot)));

    /// <summary>After this a queue message comes again whose relay was killed.</summary>
    public required TimeSpan Redelivery { get; init; }

    /// <summary>How long the relay waits before it says something.</summary>
    public required IncidentPolicy Incidents { get; init; }

    /// <summary>Reads and checks them all.</summary>
    /// <exception cref="StartException">One of them is not valid.</exception>
    public static LocalOptions Read(IConfiguration configuration)
    {
        try
        {
            var routes = ReadRoutes(configuration);
            if (routes.Where(one => one.Value is not null).GroupBy(PlaceOf).FirstOrDefault(same => same.Count() > 1) is { } twins)
            {
                // Slack's limit holds for a destination, and each route keeps it on its own.
                var names = string.Join(" and ", twins.Select(one => $"'{one.Key.Name}'"));
                throw new FormatException($"The routes {names} lead to the same place.");
            }

            return new()
            {
                Key = configuration["Relay:Key"] is { Length: > 0 } key ? key : "local",
                Storage = configuration["Relay:Storage"] is { Length: > 0 } storage ? storage : null,
                Routes = routes,
                Redelivery = ReadRedelivery(configuration),
                Incidents = IncidentSettings.Read(name => configuration[name]),
            };
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new StartException(e.Message);
        }
    }

    private static Dictionary<Route, Destination?> ReadRoutes(IConfiguration configuration)
    {
        var allowed = AllowedHosts.SlackAndLoopback.With(configuration["Relay:AllowedSlackHosts"]);
        return ReadSecrets(configuration).ToDictionary(
            one => one.Key,
            one => string.IsNullOrEmpty(one.Value) ? null : one.Key.DestinationOf(one.Value, allowed));
    }

    /// <summary>
    /// Each section <c>Relay:Routes:{name}</c> with its <c>Webhook</c> (or bot token) and <c>Channel</c>, which alone means
    /// the emulator's bot; the default route also from <c>SLACK_WEBHOOK_URL</c>.
    /// </summary>
    private static Dictionary<Route, string?> ReadSecrets(IConfiguration configuration)
    {
        var secrets = configuration.GetSection("Relay:Routes").GetChildren().ToDictionary(
            route => Route.Named(route.Key.ToLowerInvariant(), route["Channel"]),
            route => route switch
            {
                _ when route["Webhook"] is { Length: > 0 } secret => secret,
                _ when route["Channel"] is { Length: > 0 } => EmulatedBot.Token,
                _ => null,
            });

        if (!secrets.Keys.Any(route => route.Name == Route.Default))
        {
            secrets.Add(Route.Named(Route.Default), configuration["SLACK_WEBHOOK_URL"]);
        }

        return secrets;
    }

    /// <summary>What two routes may not share.</summary>
    private static (object? Secret, string? Channel) PlaceOf(KeyValuePair<Route, Destination?> one) =>
        one.Value is BotDestination bot ? (bot.Token, one.Key.ChannelName) : (one.Value, null);

    /// <summary>What Azure's queues take, in whole seconds.</summary>
    private static TimeSpan ReadRedelivery(IConfiguration configuration) =>
        configuration.GetValue("Relay:Redelivery", QueueSettings.HostRedelivery) is var time
        && time >= TimeSpan.FromSeconds(1)
        && time <= TimeSpan.FromDays(7)
            ? time
            : throw new FormatException("Relay__Redelivery must be from 1 second to 7 days.");
}
