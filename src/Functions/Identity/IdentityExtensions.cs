using Azure.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Functions.Identity;

/// <summary>Registers the app's identity.</summary>
public static class IdentityExtensions
{
    /// <summary>Adds the credential that every client of Azure shares, and with it its tokens.</summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services, IdentityOptions options) =>
        services.AddSingleton<TokenCredential>(_ => options.CreateCredential());
}
