using Relay.Routes;
using Relay.Tests.Delivery;

namespace Relay.Tests.KeyVault;

public sealed class KeyVaultDestinationsTests
{
    private readonly VaultRoute _route = new() { Secret = Webhook("one") };

    [Fact]
    public async Task A_secret_is_read_with_a_token_for_the_vault_that_asks_for_one()
    {
        Assert.Equal(FixedDestinations.Webhook("one"), await _route.FindAsync());

        Assert.Equal([VaultRoute.Name], _route.Vault.Challenged);
        Assert.Equal([VaultRoute.Name], _route.Vault.Asked);
        Assert.Equal(["https://vault.azure.net/.default"], _route.Vault.Scopes);
        Assert.Empty(_route.Log.Lines);
    }

    [Fact]
    public async Task A_bot_token_goes_to_the_channel_of_its_route()
    {
        _route.Secret = string.Concat("xo", "xb-", "1-2-abc");

        var one = await _route.FindAsync(channel: "#db");
        var other = await _route.FindAsync(channel: "#web");

        Assert.Equal(["channel #db", "channel #web"], [$"{one}", $"{other}"]);
        Assert.Single(_route.Vault.Asked);
    }

    [Fact]
    public async Task A_secret_is_kept_for_five_minutes()
    {
        await _route.FindAsync();
        _route.Secret = Webhook("two");

        _route.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.Equal(FixedDestinations.Webhook("one"), await _route.FindAsync());

        _route.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(FixedDestinations.Webhook("two"), await _route.FindAsync());
    }

    [Fact]
    public async Task A_rotated_secret_is_read_at_once_by_whoever_asks_for_a_fresh_one()
    {
        await _route.FindAsync();
        _route.Secret = Webhook("two");
        _route.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(FixedDestinations.Webhook("two"), await _route.FindAsync(fresh: true));
        Assert.Equal(FixedDestinations.Webhook("two"), await _route.FindAsync());
    }

    [Fact]
    public async Task A_dead_route_does_not_hammer_the_vault()
    {
        for (var n = 0; n < 100; n++)
        {
            await _route.FindAsync(fresh: true);
            _route.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(2, _route.Vault.Asked.Count);
    }

    [Fact]
    public async Task Whoever_asks_at_the_same_time_waits_for_the_same_answer()
    {
        var answer = new TaskCompletionSource();
        _route.Vault.InPlace = async _ =>
        {
            await answer.Task;
            return _route.Vault.Found(VaultRoute.Name, Webhook("one"));
        };

        var asked = Enumerable.Range(0, 50).Select(n => _route.FindAsync(fresh: n % 2 == 0)).ToList();
        answer.SetResult();

        Assert.All(await Task.WhenAll(asked), found => Assert.Equal(FixedDestinations.Webhook("one"), found));
        Assert.Single(_route.Vault.Asked);
    }

    [Fact]
    public async Task Whoever_stops_waiting_takes_the_answer_from_nobody()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _route.Vault.InPlace = _ => answer.Task;
        using var stopping = new CancellationTokenSource();

        var first = _route.FindAsync(cancellation: stopping.Token);
        var second = _route.FindAsync();
        await stopping.CancelAsync();
        answer.SetResult(_route.Vault.Found(VaultRoute.Name, Webhook("one")));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(FixedDestinations.Webhook("one"), await second);
    }

    [Fact]
    public async Task A_secret_with_white_space_around_it_is_taken()
    {
        _route.Secret = Webhook("one") + "\n";

        Assert.Equal(FixedDestinations.Webhook("one"), await _route.FindAsync());
    }

    private static string Webhook(string tail) => ((WebhookDestination)FixedDestinations.Webhook(tail)).Url.AbsoluteUri;
}
