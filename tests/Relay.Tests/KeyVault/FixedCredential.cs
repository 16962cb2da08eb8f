using Azure.Core;

namespace Relay.Tests.KeyVault;

/// <summary>Gives one token, and keeps what it was asked for.</summary>
internal sealed class FixedCredential : TokenCredential
{
    public const string Token = "a-token";

    public List<string> Scopes { get; } = [];

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Scopes.AddRange(requestContext.Scopes);
        return new AccessToken(Token, DateTimeOffset.MaxValue);
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
