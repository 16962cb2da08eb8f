using Relay.Routes;

namespace Relay.KeyVault;

/// <summary>Which vault holds the secrets of the routes, and what they may be.</summary>
public sealed record KeyVaultOptions
{
    /// <summary>The vault's address, such as <c>https://relay.vault.azure.net</c>.</summary>
    /// <exception cref="ArgumentException">It is not an https address.</exception>
    public required Uri Vault
    {
        get;
        init => field = value is { IsAbsoluteUri: true } && value.Scheme == Uri.UriSchemeHttps
            ? value
            : throw new ArgumentException("The address of the Key Vault has to begin with https://.");
    }

    /// <summary>The hosts that a webhook may have.</summary>
    public AllowedHosts AllowedHosts { get; init; } = AllowedHosts.Slack;
}
