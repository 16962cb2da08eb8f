using System.Collections.Concurrent;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Logging;
using Relay.Routes;

namespace Relay.KeyVault;

/// <summary>The destinations of the routes, whose secrets are in a Key Vault, and for a few minutes in memory.</summary>
public sealed partial class KeyVaultDestinations(
    Lazy<SecretClient> vault,
    AllowedHosts allowed,
    TimeProvider time,
    ILogger<KeyVaultDestinations> logger) : IDestinations
{
    private readonly ConcurrentDictionary<string, CachedSecret> _secrets = new();

    /// <inheritdoc/>
    public async Task<Destination?> FindAsync(Route route, bool fresh, CancellationToken cancellation)
    {
        var secret = _secrets.GetOrAdd(route.Secret, name => new CachedSecret(vault, name, time, logger));
        if (await secret.ReadAsync(fresh, cancellation) is not { } value)
        {
            return null;
        }

        if (Destination.TryParse(value, route.Channel, allowed, out var destination, out var problem))
        {
            return destination;
        }

        if (!fresh)
        {
            return await FindAsync(route, fresh: true, cancellation); // It may have been mended meanwhile.
        }

        LogRefused(logger, route.Secret, route.Name, problem);
        return null;
    }

    [LoggerMessage(LogLevel.Error, "Secret refused, its route delivers nothing until it is mended. Secret: {Secret}, Route: {Route}, Problem: {Problem}")]
    private static partial void LogRefused(ILogger logger, string secret, string route, string problem);
}
