using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Relay.Routes;

namespace Functions.Slack;

/// <summary>The routes, each a section <c>Relay__Routes__{name}</c> with the name of its <c>Secret</c> and, for a bot token, its <c>Channel</c>.</summary>
internal static partial class RouteSettings
{
    /// <summary>Every route that is set; the table adds the default one.</summary>
    /// <exception cref="FormatException">A secret is not the name of one.</exception>
    /// <exception cref="ArgumentException">A route has no valid name, or two of them lead to one destination.</exception>
    public static RouteTable Read(IConfiguration configuration) => new(Sections(configuration).Select(ReadRoute));

    /// <summary>Whether a route's secret stands in the settings itself.</summary>
    public static bool HaveSecrets(IConfiguration configuration) =>
        DefaultWebhook(configuration) is not null || Sections(configuration).Any(section => WebhookOf(section) is not null);

    /// <summary>Where the routes lead whose secret stands in the settings itself: in development alone.</summary>
    /// <exception cref="FormatException">One of them leads nowhere.</exception>
    public static IReadOnlyDictionary<string, Destination> Destinations(IConfiguration configuration, AllowedHosts allowed)
    {
        var found = Sections(configuration)
            .Where(section => WebhookOf(section) is not null)
            .ToDictionary(NameOf, section => Named(section).DestinationOf(WebhookOf(section), allowed));

        if (DefaultWebhook(configuration) is { } webhook)
        {
            found.TryAdd(Route.Default, Route.Named(Route.Default).DestinationOf(webhook, allowed));
        }

        return found;
    }

    private static Route ReadRoute(IConfigurationSection section)
    {
        var route = Named(section);
        return section["Secret"] is { Length: > 0 } given ? route with { Secret = SecretNamed(given, section.Key) } : route;
    }

    private static Route Named(IConfigurationSection section) => Route.Named(NameOf(section), section["Channel"]);

    // A token has the form of a name, too. What is given is not shown: it may be the secret itself.
    private static string SecretNamed(string given, string route) =>
        SecretName().IsMatch(given) && !given.StartsWith("xox", StringComparison.OrdinalIgnoreCase)
            ? given
            : throw new FormatException(
                $"Relay__Routes__{route}__Secret is not the name of a secret: "
                + "letters, digits and hyphens, at most 127, and never the secret itself.");

    // On Linux the name of an app setting cannot have a hyphen.
    private static string NameOf(IConfigurationSection section) => section.Key.ToLowerInvariant().Replace('_', '-');

    private static string? WebhookOf(IConfigurationSection section) => section["Webhook"] is { Length: > 0 } webhook ? webhook : null;

    private static string? DefaultWebhook(IConfiguration configuration) =>
        configuration["SLACK_WEBHOOK_URL"] is { Length: > 0 } webhook ? webhook : null;

    private static IEnumerable<IConfigurationSection> Sections(IConfiguration configuration) =>
        configuration.GetSection("Relay:Routes").GetChildren();

    [GeneratedRegex(@"\A[0-9a-zA-Z-]{1,127}\z")]
    private static partial Regex SecretName();
}
