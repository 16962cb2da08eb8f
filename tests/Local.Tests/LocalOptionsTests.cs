using Local.Slack;
using Microsoft.Extensions.Configuration;
using Relay.Routes;

namespace Local.Tests;

public sealed class LocalOptionsTests
{
    private static readonly string _token = string.Concat("xo", "xb-", "1-2-abc");

    [Fact]
    public void Without_settings_everything_is_on_this_machine()
    {
        var options = Read();

        Assert.Equal(("local", null), (options.Key, options.Storage));
        var (route, destination) = Assert.Single(options.Routes);
        Assert.Equal("default", route.Name);
        Assert.Null(destination);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Incidents.GroupWait);
        Assert.Equal(TimeSpan.FromMinutes(10), options.Redelivery);
    }

    [Fact]
    public void Routes_have_their_own_destinations()
    {
        var options = Read(
            ("SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/one"),
            ("Relay:Routes:DB:Webhook", _token),
            ("Relay:Routes:DB:Channel", "#db"),
            ("Relay:Incidents:GroupWait", "00:00:01"));

        Assert.Equal(["db", "default"], options.Routes.Keys.Select(route => route.Name).Order());
        Assert.All(options.Routes.Values, Assert.NotNull);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Incidents.GroupWait);
    }

    [Fact]
    public void A_route_with_a_channel_alone_leads_to_the_emulators_bot()
    {
        var options = Read(("SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/one"), ("Relay:Routes:db:Channel", "#db"));

        var bot = Assert.IsType<BotDestination>(options.Routes.Single(one => one.Key.Name == "db").Value);
        Assert.Equal(("#db", true), (bot.Channel, EmulatedBot.Is(bot)));
        Assert.True(options.UsesEmulator);
        Assert.False(Read(("SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/one")).UsesEmulator);
    }

    [Theory]
    [InlineData("SLACK_WEBHOOK_URL", "https://example.com/services/hush")]
    [InlineData("SLACK_WEBHOOK_URL", "http://hooks.slack.com/services/hush")]
    [InlineData("SLACK_WEBHOOK_URL", "@Microsoft.KeyVault(SecretUri=hush)")]
    [InlineData("SLACK_WEBHOOK_URL", "hush")]
    [InlineData("Relay:AllowedSlackHosts", "https://hush.example.com/")]
    [InlineData("Relay:Incidents:GroupWait", "-00:00:05")]
    [InlineData("Relay:Incidents:GroupWait", "soon")]
    [InlineData("Relay:Redelivery", "00:00:00")]
    [InlineData("Relay:Redelivery", "8.00:00:00")]
    public void A_setting_that_is_not_valid_is_one_clear_line(string name, string value)
    {
        var problem = Assert.Throws<StartException>(() => Read((name, value))).Message;

        Assert.NotEmpty(problem);
        Assert.DoesNotContain('\n', problem);
        Assert.True(name != "SLACK_WEBHOOK_URL" || !problem.Contains("hush"), problem);
    }

    [Fact]
    public void Two_routes_to_one_place_would_not_keep_its_pace()
    {
        const string Webhook = "https://hooks.slack.com/services/one";

        var problem = Assert.Throws<StartException>(() => Read(("SLACK_WEBHOOK_URL", Webhook), ("Relay:Routes:db:Webhook", Webhook))).Message;

        Assert.Contains("'db'", problem);
        Assert.DoesNotContain(Webhook, problem);
    }

    [Fact]
    public void Two_routes_to_one_channel_of_the_emulators_bot_would_not_keep_its_pace_either() =>
        Assert.Throws<StartException>(() => Read(("Relay:Routes:one:Channel", "#db"), ("Relay:Routes:two:Channel", "DB")));

    private static LocalOptions Read(params (string Name, string Value)[] settings) => LocalOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value))).Build());
}
