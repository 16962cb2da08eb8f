using System.Diagnostics.Tracing;
using System.Net;
using Azure.Core.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Relay.Tests.KeyVault;

/// <summary>A secret that leads nowhere or is gone is not used, and no log shows any.</summary>
public sealed class RefusedSecretsTests
{
    private const string Hush = VaultRoute.Hush;

    private readonly VaultRoute _route = new();

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

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_value_that_leads_nowhere_is_refused_with_an_error_that_does_not_show_it(string value, string reason)
    {
        _route.Secret = value;

        Assert.Null(await _route.FindAsync());

        _route.AssertLogged(LogLevel.Error, reason);
    }

    [Fact]
    public async Task A_value_that_was_mended_is_used_within_seconds()
    {
        var mended = _route.Secret;
        _route.Secret = Hush;
        Assert.Null(await _route.FindAsync());

        _route.Secret = mended;
        _route.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.NotNull(await _route.FindAsync());
    }

    [Fact]
    public async Task A_secret_that_was_deleted_is_used_no_more()
    {
        await _route.FindAsync();
        _route.Vault.Secrets.Clear();
        _route.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(await _route.FindAsync());

        _route.AssertLogged(LogLevel.Error, "missing");
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_not_quoted()
    {
        _route.Vault.InPlace = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($"{Hush} {Hush}") });

        Assert.Null(await _route.FindAsync());

        _route.AssertLogged(LogLevel.Error, "Exception");
    }

    [Fact]
    public async Task The_client_s_own_log_does_not_show_the_value()
    {
        var lines = new List<string>();
        using (new AzureEventSourceListener((_, text) => Add(text), EventLevel.Verbose))
        {
            await _route.FindAsync();
        }

        Assert.Contains(lines, line => line.Contains(VaultRoute.Name, StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(Hush, StringComparison.Ordinal));

        void Add(string text)
        {
            lock (lines)
            {
                lines.Add(text);
            }
        }
    }
}
