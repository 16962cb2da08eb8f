using Microsoft.Extensions.DependencyInjection;
using Relay.KeyVault;
using Relay.Routes;
using Relay.Slack;

namespace Functions.Slack;

/// <summary>Registers the way to Slack.</summary>
public static class SlackExtensions
{
    /// <summary>Adds the client, and the destinations of the routes from the key vault.</summary>
    public static IServiceCollection AddSlack(this IServiceCollection services, SlackOptions options)
    {
        services.AddSingleton<ISlackClient>(provider =>
            new SlackNetClient(SlackNetwork.CreateHandler(), provider.GetRequiredService<TimeProvider>()));

        return options.Vault is { } vault
            ? services.AddKeyVault(new KeyVaultOptions { Vault = vault, AllowedHosts = options.AllowedHosts })
            : services.AddSingleton(options).AddSingleton<IDestinations, DevelopmentDestinations>();
    }
}
