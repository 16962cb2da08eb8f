using Microsoft.Extensions.DependencyInjection;
using Relay.KeyVault;
using Relay.Routes;
using Relay.Slack;

namespace Functions.Slack;

/// <summary>Registers the way to Slack.</summary>
public static partial class SlackExtensions
{
    /// <summary>Adds the client, and the destinations of the routes from the key vault.</summary>
    public static IServiceCollection AddSlack(this IServiceCollection services, SlackOptions options)
    {
        services.AddSingleton<ISlackClient>(provider => new HttpSlackClient(
            new HttpClient(SlackNetwork.CreateHandler()),
            _ => HttpSlackClient.SlackApi,
            provider.GetRequiredService<TimeProvider>()));
        UseSlackNet(services);

        return options.Vault is { } vault
            ? services.AddKeyVault(new KeyVaultOptions { Vault = vault, AllowedHosts = options.AllowedHosts })
            : services.AddSingleton(options).AddSingleton<IDestinations, DevelopmentDestinations>();
    }

    /// <summary>Lets SlackNet post instead, where it is compiled in: its folder is left out where the NuGet feed lacks the package.</summary>
    static partial void UseSlackNet(IServiceCollection services);
}
