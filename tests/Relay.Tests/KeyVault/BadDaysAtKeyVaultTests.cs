using System.Diagnostics.Tracing;
using System.Net;
using System.Net.Sockets;
using Azure.Core.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Relay.KeyVault;
using Relay.Routes;
using Relay.Slack;
using Relay.Tests.Routes;

namespace Relay.Tests.KeyVault;

public sealed class BadDaysAtKeyVaultTests
{
    private const string Name = "slack-webhook-url";

    /// <summary>What no log may show.</summary>
    private const string Hush = "hush";

    private static readonly Func<CancellationToken, Task<HttpResponseMessage>> _refuseConnection =
        _ => throw new HttpRequestException("Connection refused", new SocketException((int)SocketError.ConnectionRefused));

    private readonly EmulatedVault _vault = new();
    private readonly FakeTimeProvider _time = new(JumpingTime.Start);
    private readonly RecordingLog _log = new();
    private readonly KeyVaultDestinations _destinations;

    public BadDaysAtKeyVaultTests()
    {
        _destinations = new(_vault.Client, AllowedHosts.Slack, _time, _log.For<KeyVaultDestinations>());
        _vault.Secrets[Name] = $"https://hooks.slack.com/services/{Hush}";
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "", "empty" },
        { $"https://example.com/services/{Hush}", "allowed host" },
        { $"http://hooks.slack.com/services/{Hush}", "https" },
        { $"https://hooks.slack.com.example.com/services/{Hush}", "allowed host" },
        { $"@Microsoft.KeyVault(SecretUri=https://{Hush}.vault.azure.net/secrets/{Hush}/)", "Key Vault reference" },
        { $"xoxp-{Hush}", "not a bot token" },
        { $"xoxb-{Hush}", "channel" },
        { Hush, "neither" },
    };

    public static TheoryData<int, string> Errors => new() { { 403, "Forbidden" }, { 429, "Throttled" }, { 500, "InternalServerError" }, { 503, "Unavailable" } };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_value_that_leads_nowhere_is_refused_with_an_error_that_does_not_show_it(string value, string reason)
    {
        _vault.Secrets[Name] = value;

        Assert.Null(await FindAsync());

        AssertLogged(LogLevel.Error, reason);
    }

    [Fact]
    public async Task A_value_that_was_mended_is_used_within_seconds()
    {
        var mended = _vault.Secrets[Name];
        _vault.Secrets[Name] = Hush;
        Assert.Null(await FindAsync());

        _vault.Secrets[Name] = mended;
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.NotNull(await FindAsync());
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task While_the_vault_refuses_the_last_value_is_used(int status, string code)
    {
        await FindAsync();
        _vault.InPlace = _ => Task.FromResult(EmulatedVault.Error(status, code));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(FixedDestinations.Webhook(Hush), await FindAsync());
        Assert.Equal(FixedDestinations.Webhook(Hush), await FindAsync(fresh: true));

        AssertLogged(LogLevel.Warning, $"HTTP {status} {code}");
    }

    [Fact]
    public async Task While_the_vault_is_away_it_is_asked_every_half_minute_and_three_times_each()
    {
        await FindAsync();
        _vault.InPlace = _refuseConnection;
        _time.Advance(TimeSpan.FromMinutes(5));

        for (var second = 0; second < 60; second++)
        {
            Assert.NotNull(await FindAsync());
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1 + (2 * 3), _vault.Asked.Count);
        Assert.All(_log.Lines, line => Assert.Contains("Connection refused", line.Text));
    }

    [Fact]
    public async Task Without_any_value_yet_it_is_told_later()
    {
        _vault.InPlace = _refuseConnection;
        Assert.Null(await FindAsync());
        AssertLogged(LogLevel.Error, "Connection refused");

        _vault.InPlace = null;
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(FixedDestinations.Webhook(Hush), await FindAsync());
    }

    [Fact]
    public async Task A_vault_that_hangs_does_not_hold_up_a_flush_past_its_lease()
    {
        var reached = new TaskCompletionSource();
        _vault.InPlace = async cancellation =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return EmulatedVault.Error(500, "");
        };

        var finding = FindAsync();
        await reached.Task;
        _time.Advance(KeptSecret.Longest);

        Assert.Null(await finding);
        AssertLogged(LogLevel.Error, "in time");
        Assert.True(2 * (KeptSecret.Longest + TimeSpan.FromSeconds(20)) < RouteTurn.LeaseDuration);
    }

    [Fact]
    public async Task A_secret_that_was_deleted_is_used_no_more()
    {
        await FindAsync();
        _vault.Secrets.Clear();
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(await FindAsync());

        AssertLogged(LogLevel.Error, "missing");
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_not_quoted()
    {
        _vault.InPlace = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($"{Hush} {Hush}") });

        Assert.Null(await FindAsync());

        AssertLogged(LogLevel.Error, "Exception");
    }

    [Fact]
    public async Task A_vault_that_wants_a_token_for_somebody_else_gets_none()
    {
        _vault.Resource = "https://example.com";

        Assert.Null(await FindAsync());

        AssertLogged(LogLevel.Error, "challenge resource");
        Assert.Empty(_vault.Scopes);
    }

    [Fact]
    public async Task The_client_s_own_log_does_not_show_the_value()
    {
        var lines = new List<string>();
        using (new AzureEventSourceListener((_, text) => Add(text), EventLevel.Verbose))
        {
            await FindAsync();
        }

        Assert.Contains(lines, line => line.Contains(Name, StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(Hush, StringComparison.Ordinal));

        void Add(string text)
        {
            lock (lines)
            {
                lines.Add(text);
            }
        }
    }

    private Task<Destination?> FindAsync(bool fresh = false) =>
        _destinations.FindAsync(new Route(Route.Default, Name, null), fresh, TestContext.Current.CancellationToken);

    private void AssertLogged(LogLevel level, string part)
    {
        var line = Assert.Single(_log.Lines);
        Assert.Equal(level, line.Level);
        Assert.Contains(part, line.Text);
        Assert.DoesNotContain(Hush, line.Text);
    }
}
