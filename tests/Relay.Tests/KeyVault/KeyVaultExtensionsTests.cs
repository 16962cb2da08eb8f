using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Relay.KeyVault;
using Relay.Routes;

namespace Relay.Tests.KeyVault;

public sealed class KeyVaultExtensionsTests
{
    [Fact]
    public void The_credential_is_not_made_before_a_secret_is_wanted()
    {
        using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TokenCredential>(_ => throw new InvalidOperationException("Nobody has asked for a secret."))
            .AddKeyVault(new KeyVaultOptions { Vault = new EmulatedVault().Address })
            .BuildServiceProvider();

        Assert.IsType<KeyVaultDestinations>(services.GetRequiredService<IDestinations>());
    }

    [Theory]
    [InlineData("http://relay.vault.azure.net")]
    [InlineData("relay.vault.azure.net")]
    [InlineData("/vault")]
    public void A_vault_has_an_https_address(string address) =>
        Assert.Throws<ArgumentException>(() => new KeyVaultOptions { Vault = new Uri(address, UriKind.RelativeOrAbsolute) });
}
