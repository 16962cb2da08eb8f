using Relay.Routes;

namespace Relay.Tests.Routes;

public sealed class DestinationTests
{
    // Put together here, so that no scanner takes them for real ones.
    private const string Path = "/services/" + "T000/B000/" + "not-a-secret";
    private const string Token = "xo" + "xb-1-2-notasecret";

    [Theory]
    [InlineData("https://hooks.slack.com" + Path)]
    [InlineData("https://hooks.slack-gov.com" + Path)]
    [InlineData("https://HOOKS.slack.com:443" + Path)]
    [InlineData("  https://hooks.slack.com" + Path + "\n")]
    public void A_webhook_of_Slack_is_taken(string secret)
    {
        Assert.True(Destination.TryParse(secret, null, AllowedHosts.Slack, out var destination, out var problem), problem);

        Assert.Equal(Path, Assert.IsType<WebhookDestination>(destination).Url.AbsolutePath);
    }

    [Theory]
    [InlineData("#ops")]
    [InlineData(" C0123456 ")]
    public void A_bot_token_goes_to_its_channel(string channel)
    {
        Assert.True(Destination.TryParse(Token, channel, AllowedHosts.Slack, out var destination, out var problem), problem);

        var bot = Assert.IsType<BotDestination>(destination);
        Assert.Equal((Token, channel.Trim()), (bot.Token, bot.Channel));
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("  ", "empty")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://hooks.slack.com/x)", "unresolved Key Vault reference")]
    [InlineData("xo" + "xp-1-2-notasecret", "not a bot token")]
    [InlineData("xa" + "pp-1-2-notasecret", "not a bot token")]
    [InlineData("xo" + "xb-", "nothing after its prefix")]
    [InlineData("xo" + "xb-1-2-\"notasecret", "characters that no bot token has")]
    [InlineData("not-a-secret", "neither")]
    [InlineData("/services/not-a-secret", "neither")]
    [InlineData("hooks.slack.com" + Path, "neither")]
    [InlineData("ftp://hooks.slack.com" + Path, "neither")]
    [InlineData("http://hooks.slack.com" + Path, "not https")]
    [InlineData("https://hooks.slack.com:8443" + Path, "allowed host")]
    [InlineData("https://me:not-a-secret@hooks.slack.com" + Path, "without a user name")]
    [InlineData("https://hooks.slack.com@example.com" + Path, "allowed host")]
    [InlineData("https://hooks.slack.com.example.com" + Path, "allowed host")]
    [InlineData("https://hooks.slack.com." + Path, "allowed host")]
    [InlineData("https://evil-hooks.slack.com" + Path, "allowed host")]
    [InlineData("https://hooks.sl\u0430ck.com" + Path, "allowed host")]
    [InlineData("https://127.0.0.1" + Path, "allowed host")]
    [InlineData("https://hooks.slack.com/", "no path")]
    [InlineData("https://hooks.slack.com" + Path + " twice", "white space")]
    public void Anything_else_is_refused_without_showing_it(string? secret, string expected)
    {
        var taken = Destination.TryParse(secret, "#ops", AllowedHosts.Slack, out var destination, out var problem);

        Assert.False(taken);
        Assert.Null(destination);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("not-a-secret", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("notasecret", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "needs a channel")]
    [InlineData("#", "needs a channel")]
    [InlineData("#ops room", "white space")]
    public void A_bot_token_without_a_channel_is_refused(string? channel, string expected)
    {
        Assert.False(Destination.TryParse(Token, channel, AllowedHosts.Slack, out _, out var problem));

        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:7071/slack", true)]
    [InlineData("http://localhost:7071/slack", true)]
    [InlineData("http://[::1]:7071/slack", true)]
    [InlineData("https://127.0.0.1:7071/slack", true)]
    [InlineData("http://127.0.0.2:7071/slack", false)]
    [InlineData("https://slack.example.com/hook", true)]
    [InlineData("http://slack.example.com/hook", false)]
    [InlineData("https://slack.example.com:8443/hook", false)]
    public void A_listed_host_is_allowed_and_only_a_listed_loopback_host_with_http_or_a_port(string secret, bool expected)
    {
        var allowed = AllowedHosts.SlackAndLoopback.With("slack.example.com; [::1]");

        Assert.Equal(expected, Destination.TryParse(secret, null, allowed, out _, out _));
    }

    [Theory]
    [InlineData("https://slack.example.com")]
    [InlineData("slack.example.com:8443")]
    [InlineData("*.example.com")]
    public void An_allowed_host_that_is_none_is_refused(string host) =>
        Assert.Throws<FormatException>(() => AllowedHosts.Slack.With(host));

    [Theory]
    [InlineData("https://hooks.slack.com" + Path, "hooks.slack.com/…")]
    [InlineData(Token, "channel #ops")]
    public void Its_text_never_shows_the_secret(string secret, string expected)
    {
        Assert.True(Destination.TryParse(secret, "#ops", AllowedHosts.Slack, out var destination, out _));

        Assert.Equal(expected, destination.ToString());
        Assert.Equal($"Holder {{ Destination = {expected} }}", new Holder(destination).ToString());
        Assert.DoesNotContain("secret", System.Text.Json.JsonSerializer.Serialize<object>(destination), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://hooks.slack.com" + Path)]
    [InlineData(Token)]
    public void Destinations_are_equal_by_value(string secret)
    {
        Destination.TryParse(secret, "#ops", AllowedHosts.Slack, out var one, out _);
        Destination.TryParse(secret, "#ops", AllowedHosts.Slack, out var same, out _);
        Destination.TryParse(secret + "2", "#ops", AllowedHosts.Slack, out var other, out _);

        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
    }

    private sealed record Holder(Destination Destination);
}
