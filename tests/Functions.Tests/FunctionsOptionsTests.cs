using Microsoft.Extensions.Configuration;
using Relay.Routes;

namespace Functions.Tests;

public sealed class FunctionsOptionsTests
{
    private const string Token = "xo" + "xb-1-2-none";

    /// <summary>What an app in Azure has.</summary>
    internal static Dictionary<string, string?> Valid => new()
    {
        ["AzureWebJobsStorage:blobServiceUri"] = "https://relay.blob.core.windows.net",
        ["AzureWebJobsStorage:queueServiceUri"] = "https://relay.queue.core.windows.net/",
        ["AzureWebJobsStorage:credential"] = "managedidentity",
        ["AzureWebJobsStorage:clientId"] = "00000000-0000-0000-0000-000000000001",
        ["Relay:KeyVault"] = "https://relay.vault.azure.net/",
    };

    [Fact]
    public void Every_setting_is_read()
    {
        var options = Read(false, new()
        {
            ["Relay:Routes:db:Channel"] = "#db",
            ["Relay:Routes:web:Secret"] = "web-hook",
            ["Relay:Routes:On_Call:Channel"] = "C024BE91L",
            ["Relay:Incidents:GroupWait"] = "00:00:07",
            ["Relay:CallerRole"] = "Reports.Send",
            ["WEBSITE_AUTH_ENABLED"] = "True",
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "InstrumentationKey=0",
        });

        Assert.Equal(("00000000-0000-0000-0000-000000000001", false), (options.Identity.ClientId, options.Identity.Development));
        Assert.Equal(new Uri("https://relay.vault.azure.net/"), options.Slack.Vault);
        Assert.Equal(("slack-webhook-url-db", "#db"), (options.Routes.For("db").Secret, options.Routes.For("db").Channel));
        Assert.Equal(("web-hook", "slack-webhook-url"), (options.Routes.For("#Web").Secret, options.Routes.For("none").Secret));
        Assert.Equal("slack-webhook-url-on-call", options.Routes.For("on-call").Secret);
        Assert.Equal(TimeSpan.FromSeconds(7), options.Incidents.GroupWait);
        Assert.Equal((true, "Reports.Send"), (options.Callers.AuthenticationOn, options.Callers.Role));
        Assert.Equal("InstrumentationKey=0", options.Telemetry.ConnectionString);
    }

    [Fact]
    public void Storage_is_reached_by_identity()
    {
        var options = Read(false, []);

        Assert.Null(options.Storage.ConnectionString);
        Assert.Equal("https://relay.queue.core.windows.net/reports", options.Storage.Queue("reports", options.Identity.CreateCredential()).Uri.AbsoluteUri);
        Assert.Equal("https://relay.blob.core.windows.net/relay-state", options.Storage.State(options.Identity.CreateCredential()).Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("AzureWebJobsStorage", "UseDevelopmentStorage=true", "AzureWebJobsStorage holds a connection string")]
    [InlineData("AzureWebJobsStorage:blobServiceUri", null, "AzureWebJobsStorage__blobServiceUri is not")]
    [InlineData("AzureWebJobsStorage:queueServiceUri", "http://relay.queue.core.windows.net", "AzureWebJobsStorage__queueServiceUri is not")]
    [InlineData("Relay:KeyVault", null, "Relay__KeyVault is missing")]
    [InlineData("Relay:KeyVault", "relay", "Relay__KeyVault is not")]
    [InlineData("Relay:KeyVault", "http://relay.vault.azure.net/", "Relay__KeyVault is not")]
    [InlineData("Relay:AllowedSlackHosts", "https://hooks.slack.com/", "An allowed Slack host is a name")]
    [InlineData("Relay:Routes:db:Secret", "https://hooks.slack.com/x", "Relay__Routes__db__Secret is not the name of a secret")]
    [InlineData("Relay:Routes:db:Secret", Token, "Relay__Routes__db__Secret is not the name of a secret")]
    [InlineData("Relay:Routes:d.b:Channel", "#db", "The route 'd.b' needs a name")]
    [InlineData("Relay:Routes:db:Secret", "slack-webhook-url", "The routes 'db' and 'default' have the same secret")]
    [InlineData("Relay:Incidents:GroupWait", "-00:00:01", "GroupWait must be")]
    [InlineData("Relay:Incidents:GroupWait", "soon", "Relay__Incidents__GroupWait is 'soon'")]
    [InlineData("SLACK_WEBHOOK_URL", "https://hooks.slack.com/x", "SLACK_WEBHOOK_URL and Relay__Routes__…__Webhook are for development only")]
    [InlineData("Relay:Routes:db:Webhook", "https://hooks.slack.com/x", "SLACK_WEBHOOK_URL and Relay__Routes__…__Webhook are for development only")]
    public void A_wrong_setting_is_one_line_that_does_not_show_a_secret(string name, string? value, string line)
    {
        var exception = Assert.Throws<StartException>(() => Read(false, new() { [name] = value }));

        Assert.StartsWith(line, Assert.Single(exception.Message.Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("hooks.slack.com/x", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once() =>
        Assert.Equal(2, Assert.Throws<StartException>(() => Read(false, new() { ["Relay:KeyVault"] = "", ["AzureWebJobsStorage:blobServiceUri"] = "" })).Message.Split('\n').Length);

    [Fact]
    public void Under_the_Core_Tools_storage_and_Slack_may_be_emulators()
    {
        var options = Read(true, new()
        {
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
            ["Relay:KeyVault"] = null,
            ["SLACK_WEBHOOK_URL"] = "http://127.0.0.1:7071/slack/services/" + "T1/web/none",
            ["Relay:Routes:db:Webhook"] = Token,
            ["Relay:Routes:db:Channel"] = "#db",
        });

        Assert.NotNull(options.Storage.ConnectionString);
        Assert.IsType<WebhookDestination>(options.Slack.Development["default"]);
        Assert.Equal("#db", Assert.IsType<BotDestination>(options.Slack.Development["db"]).Channel);
    }

    internal static FunctionsOptions Read(bool development, Dictionary<string, string?> settings)
    {
        var all = Valid;
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return FunctionsOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build(), development);
    }
}
