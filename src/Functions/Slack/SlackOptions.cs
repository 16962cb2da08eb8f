using Microsoft.Extensions.Configuration;
using Relay.Routes;

namespace Functions.Slack;

/// <summary>Where the secrets of the routes are.</summary>
public sealed record SlackOptions
{
    /// <summary>The key vault; null where the app runs under the Core Tools without one.</summary>
    public Uri? Vault { get; private init; }

    /// <summary>The hosts that a webhook may have.</summary>
    public required AllowedHosts AllowedHosts { get; init; }

    /// <summary>Without a vault: where each route leads, by its name.</summary>
    public IReadOnlyDictionary<string, Destination> Development { get; private init; } = new Dictionary<string, Destination>();

    /// <summary>Reads the vault's address, or what stands in for a vault where the app is developed.</summary>
    /// <exception cref="FormatException">Neither is there, or a secret of Slack's is where it may not be.</exception>
    public static SlackOptions Read(IConfiguration configuration, bool development)
    {
        var hosts = (development ? AllowedHosts.SlackAndLoopback : AllowedHosts.Slack).With(configuration["Relay:AllowedSlackHosts"]);
        return (configuration["Relay:KeyVault"], RouteSettings.HaveSecrets(configuration)) switch
        {
            (_, true) when !development => throw new FormatException(
                "SLACK_WEBHOOK_URL and Relay__Routes__…__Webhook are for development only. "
                + "Slack's secrets belong in the key vault that Relay__KeyVault names."),
            ({ Length: > 0 } vault, _) => new() { AllowedHosts = hosts, Vault = ReadVault(vault) },
            (_, true) => new() { AllowedHosts = hosts, Development = RouteSettings.Destinations(configuration, hosts) },
            _ => throw new FormatException("Relay__KeyVault is missing: the address of the key vault that holds Slack's secrets."),
        };
    }

    private static Uri ReadVault(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var vault) && vault.Scheme == Uri.UriSchemeHttps
            ? vault
            : throw new FormatException("Relay__KeyVault is not the https address of a key vault, such as https://name.vault.azure.net.");
}
