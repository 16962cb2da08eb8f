using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Relay.Delivery;
using Relay.KeyVault;
using Relay.Tests.Delivery;

namespace Relay.Tests.KeyVault;

/// <summary>A vault that does not answer: its last secret is used, and where there is none, delivery waits.</summary>
public sealed class BadDaysAtKeyVaultTests
{
    private static readonly Func<CancellationToken, Task<HttpResponseMessage>> _refuseConnection =
        _ => throw new HttpRequestException("Connection refused", new SocketException((int)SocketError.ConnectionRefused));

    private readonly VaultRoute _route = new();

    public static TheoryData<int, string> Errors => new() { { 403, "Forbidden" }, { 429, "Throttled" }, { 500, "InternalServerError" }, { 503, "Unavailable" } };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task While_the_vault_refuses_the_last_value_is_used(int status, string code)
    {
        await _route.FindAsync();
        _route.Vault.InPlace = _ => Task.FromResult(EmulatedVault.Error(status, code));
        _route.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(FixedDestinations.Webhook(VaultRoute.Hush), await _route.FindAsync());
        Assert.Equal(FixedDestinations.Webhook(VaultRoute.Hush), await _route.FindAsync(fresh: true));

        _route.AssertLogged(LogLevel.Warning, $"HTTP {status} {code}");
    }

    [Fact]
    public async Task While_the_vault_is_away_it_is_asked_every_half_minute_and_three_times_each()
    {
        await _route.FindAsync();
        _route.Vault.InPlace = _refuseConnection;
        _route.Time.Advance(TimeSpan.FromMinutes(5));

        for (var second = 0; second < 60; second++)
        {
            Assert.NotNull(await _route.FindAsync());
            _route.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1 + (2 * 3), _route.Vault.Asked.Count);
        Assert.All(_route.Log.Lines, line => Assert.Contains("Connection refused", line.Text));
    }

    [Fact]
    public async Task Without_any_value_yet_delivery_waits()
    {
        _route.Vault.InPlace = _refuseConnection;
        Assert.Null(await _route.FindAsync());
        _route.AssertLogged(LogLevel.Error, "Connection refused");

        _route.Vault.InPlace = null;
        _route.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(FixedDestinations.Webhook(VaultRoute.Hush), await _route.FindAsync());
    }

    [Fact]
    public async Task A_vault_that_hangs_does_not_hold_up_a_flush_past_its_lease()
    {
        var reached = new TaskCompletionSource();
        _route.Vault.InPlace = async cancellation =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return EmulatedVault.Error(500, "");
        };

        var finding = _route.FindAsync();
        await reached.Task;
        _route.Time.Advance(CachedSecret.Longest);

        Assert.Null(await finding);
        _route.AssertLogged(LogLevel.Error, "in time");
        Assert.True(2 * (CachedSecret.Longest + TimeSpan.FromSeconds(20)) < RouteLease.Duration);
    }

    [Fact]
    public async Task A_vault_that_wants_a_token_for_somebody_else_gets_none()
    {
        _route.Vault.Resource = "https://example.com";

        Assert.Null(await _route.FindAsync());

        _route.AssertLogged(LogLevel.Error, "challenge resource");
        Assert.Empty(_route.Vault.Scopes);
    }
}
