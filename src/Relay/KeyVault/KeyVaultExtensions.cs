using Azure.Core;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Relay.Routes;

namespace Relay.KeyVault;

/// <summary>Registers Key Vault.</summary>
public static class KeyVaultExtensions
{
    /// <summary>Adds the routes' destinations from a vault, which the <see cref="TokenCredential"/> among the services has to be allowed to read.</summary>
    /// <remarks>Neither the client nor the credential is touched before a message is to be posted.</remarks>
    public static IServiceCollection AddKeyVault(this IServiceCollection services, KeyVaultOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton<IDestinations>(provider => new KeyVaultDestinations(
            new Lazy<SecretClient>(() => new SecretClient(options.Vault, provider.GetRequiredService<TokenCredential>(), ClientOptions())),
            options.AllowedHosts,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<KeyVaultDestinations>>()));
    }

    /// <summary>A message waits for the secret, and the queue tries it again: long retries help nobody.</summary>
    internal static SecretClientOptions ClientOptions()
    {
        var options = new SecretClientOptions();
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(4);
        return options;
    }
}
