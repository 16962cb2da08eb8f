using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace Functions.Identity;

/// <summary>Who the app is when it calls other services of Azure.</summary>
/// <param name="ClientId">Of the user-assigned identity; null for the system-assigned one.</param>
/// <param name="Development">Whether it is the developer who is signed in.</param>
public sealed record IdentityOptions(string? ClientId, bool Development)
{
    /// <summary>Takes the identity that the Functions host has for its own storage.</summary>
    public static IdentityOptions Read(IConfiguration configuration, bool development) =>
        new(configuration["AzureWebJobsStorage:clientId"] is { Length: > 0 } id ? id : null, development);

    /// <summary>The identity's credential, which asks for no token before one is needed.</summary>
    public TokenCredential CreateCredential() => this switch
    {
        { Development: true } => new DefaultAzureCredential(),
        { ClientId: { } id } => new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(id)),
        _ => new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned),
    };
}
