using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Relay.KeyVault;
using Relay.Routes;
using Relay.Slack;
using Relay.Tests.Routes;

namespace Relay.Tests.KeyVault;

public sealed class KeyVaultDestinationsTests
{
    private const string Name = "slack-webhook-url";
    private static readonly Route _route = new(Route.Default, Name, null);

    private readonly EmulatedVault _vault = new();
    private readonly FakeTimeProvider _time = new(JumpingTime.Start);
    private readonly RecordingLog _log = new();
    private readonly KeyVaultDestinations _destinations;

    public KeyVaultDestinationsTests()
    {
        _destinations = new(_vault.Client, AllowedHosts.Slack, _time, _log.For<KeyVaultDestinations>());
        _vault.Secrets[Name] = Webhook("one");
    }

    [Fact]
    public async Task A_secret_is_read_with_a_token_for_the_vault_that_asks_for_one()
    {
        Assert.Equal(FixedDestinations.Webhook("one"), await FindAsync());

        Assert.Equal([Name], _vault.Challenged);
        Assert.Equal([Name], _vault.Asked);
        Assert.Equal(["https://vault.azure.net/.default"], _vault.Scopes);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task A_bot_token_goes_to_the_channel_of_its_route()
    {
        _vault.Secrets[Name] = string.Concat("xo", "xb-", "1-2-abc");

        var one = await FindAsync(_route with { Channel = "#db" });
        var other = await FindAsync(_route with { Channel = "#web" });

        Assert.Equal(["channel #db", "channel #web"], [$"{one}", $"{other}"]);
        Assert.Single(_vault.Asked);
    }

    [Fact]
    public async Task A_secret_is_kept_for_five_minutes()
    {
        await FindAsync();
        _vault.Secrets[Name] = Webhook("two");

        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.Equal(FixedDestinations.Webhook("one"), await FindAsync());

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(FixedDestinations.Webhook("two"), await FindAsync());
    }

    [Fact]
    public async Task A_rotated_secret_is_read_at_once_by_whoever_asks_for_a_fresh_one()
    {
        await FindAsync();
        _vault.Secrets[Name] = Webhook("two");
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(FixedDestinations.Webhook("two"), await FindAsync(fresh: true));
        Assert.Equal(FixedDestinations.Webhook("two"), await FindAsync());
    }

    [Fact]
    public async Task A_dead_route_does_not_hammer_the_vault()
    {
        for (var n = 0; n < 100; n++)
        {
            await FindAsync(fresh: true);
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(2, _vault.Asked.Count);
    }

    [Fact]
    public async Task Whoever_asks_at_the_same_time_waits_for_the_same_answer()
    {
        var answer = new TaskCompletionSource();
        _vault.InPlace = async _ =>
        {
            await answer.Task;
            return _vault.Found(Name, Webhook("one"));
        };

        var asked = Enumerable.Range(0, 50).Select(n => FindAsync(fresh: n % 2 == 0)).ToList();
        answer.SetResult();

        Assert.All(await Task.WhenAll(asked), found => Assert.Equal(FixedDestinations.Webhook("one"), found));
        Assert.Single(_vault.Asked);
    }

    [Fact]
    public async Task Whoever_stops_waiting_takes_the_answer_from_nobody()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _vault.InPlace = _ => answer.Task;
        using var stopping = new CancellationTokenSource();

        var first = _destinations.FindAsync(_route, fresh: false, stopping.Token);
        var second = FindAsync();
        await stopping.CancelAsync();
        answer.SetResult(_vault.Found(Name, Webhook("one")));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(FixedDestinations.Webhook("one"), await second);
    }

    [Fact]
    public async Task A_secret_with_white_space_around_it_is_taken()
    {
        _vault.Secrets[Name] = Webhook("one") + "\n";

        Assert.Equal(FixedDestinations.Webhook("one"), await FindAsync());
    }

    private static string Webhook(string tail) => ((WebhookDestination)FixedDestinations.Webhook(tail)).Url.AbsoluteUri;

    private Task<Destination?> FindAsync(bool fresh = false) => FindAsync(_route, fresh);

    private Task<Destination?> FindAsync(Route route, bool fresh = false) => _destinations.FindAsync(route, fresh, TestContext.Current.CancellationToken);
}
