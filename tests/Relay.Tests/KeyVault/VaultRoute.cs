using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Relay.KeyVault;
using Relay.Routes;

namespace Relay.Tests.KeyVault;

/// <summary>A route whose webhook is a secret of a vault, and what is logged when it is looked for.</summary>
internal sealed class VaultRoute
{
    public const string Name = "slack-webhook-url";

    /// <summary>What no log may show.</summary>
    public const string Hush = "hush";

    private readonly KeyVaultDestinations _destinations;

    public VaultRoute()
    {
        _destinations = new(Vault.Client, AllowedHosts.Slack, Time, Log.For<KeyVaultDestinations>());
        Secret = $"https://hooks.slack.com/services/{Hush}";
    }

    public EmulatedVault Vault { get; } = new();

    public FakeTimeProvider Time { get; } = new(JumpingTime.Start);

    public RecordingLog Log { get; } = new();

    /// <summary>The value of the secret in the vault.</summary>
    public string Secret
    {
        get => Vault.Secrets[Name];
        set => Vault.Secrets[Name] = value;
    }

    public Task<Destination?> FindAsync(bool fresh = false, string? channel = null, CancellationToken? cancellation = null) =>
        _destinations.FindAsync(new Route(Route.Default, Name, channel), fresh, cancellation ?? TestContext.Current.CancellationToken);

    /// <summary>One line was logged, which says this and does not show the secret.</summary>
    public void AssertLogged(LogLevel level, string part)
    {
        var line = Assert.Single(Log.Lines);
        Assert.Equal(level, line.Level);
        Assert.Contains(part, line.Text);
        Assert.DoesNotContain(Hush, line.Text);
    }
}
