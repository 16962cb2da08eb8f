using System.Globalization;
using System.Text.Json;

namespace Infrastructure.Tests;

public sealed class AppTests(Compiler compiler)
{
    private const string Site = "Microsoft.Web/sites";

    [Fact]
    public async Task The_app_is_set_what_it_and_its_host_read_and_nothing_else()
    {
        // tests/Functions.Tests holds the same list against what the app reads.
        var listed = JsonSerializer.Deserialize<Dictionary<string, string[]>>(Repository.Read("tests/app-settings.json"));
        var settings = await SettingsAsync("second-route");

        var names = settings.Keys
            .Select(name => name.Replace("__db__", "__*__", Ordinal).Replace("__on_call__", "__*__", Ordinal))
            .Distinct();

        Assert.NotNull(listed);
        Assert.Equal(listed["app"].Concat(listed["host"]).Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_route_has_a_secret_and_perhaps_a_channel()
    {
        var settings = await SettingsAsync("second-route");

        Assert.Equal("slack-webhook-url-on-call", settings["Relay__Routes__on_call__Secret"]);
        Assert.Equal(("", "#ops"), (settings["Relay__Routes__db__Channel"], settings["Relay__Routes__on_call__Channel"]));
    }

    [Fact]
    public async Task What_is_a_time_can_be_read_as_one()
    {
        var settings = await SettingsAsync("defaults");

        var times = settings.Where(setting => setting.Key.StartsWith("Relay__Incidents__", Ordinal)).ToList();
        Assert.Equal(4, times.Count);
        Assert.All(
            times.Select(time => TimeSpan.ParseExact(time.Value, "c", CultureInfo.InvariantCulture)),
            time => Assert.InRange(time, TimeSpan.FromSeconds(1), TimeSpan.FromDays(6)));
    }

    [Fact]
    public async Task No_setting_is_one_that_Flex_Consumption_does_not_take()
    {
        var settings = await SettingsAsync("defaults");

        Assert.DoesNotContain(settings.Keys, name => name.StartsWith("FUNCTIONS_", Ordinal) || name.StartsWith("WEBSITE_", Ordinal));
        var site = (await SiteAsync("defaults"))["siteConfig"].Names();
        string[] notTaken = ["linuxFxVersion", "alwaysOn", "ftpsState", "netFrameworkVersion", "use32BitWorkerProcess", "healthCheckPath"];
        Assert.Empty(site.Intersect(notTaken));
    }

    [Fact]
    public async Task The_app_runs_as_what_it_is_built_for()
    {
        var project = Repository.Read("Directory.Build.props");
        var runtime = (await SiteAsync("defaults"))["functionAppConfig.runtime"];

        Assert.Equal("dotnet-isolated", runtime.GetProperty("name").GetString());
        Assert.Contains($"<TargetFramework>net{runtime.GetProperty("version")}</TargetFramework>", project, Ordinal);
    }

    [Fact]
    public async Task The_app_is_deployed_from_a_container_that_is_there()
    {
        var snapshot = await Snapshot.OfAsync(compiler, "defaults");
        var storage = snapshot.Of(Site).Single()["functionAppConfig.deployment.storage"];

        Assert.Equal("blobContainer", storage.GetProperty("type").GetString());
        Assert.Equal("UserAssignedIdentity", storage.GetProperty("authentication").GetProperty("type").GetString());
        Assert.Contains(
            snapshot.Of("Microsoft.Storage/storageAccounts/blobServices/containers"),
            container => (storage.GetProperty("value").GetString() ?? "").Contains($"'{container.Id.Split('/')[^1]}'", Ordinal));
    }

    [Fact]
    public async Task Authentication_stands_before_the_identity_route_alone()
    {
        var snapshot = await Snapshot.OfAsync(compiler, "identities");

        var authentication = Assert.Single(snapshot.Of("Microsoft.Web/sites/config"));
        Assert.EndsWith("/authsettingsV2", authentication.Name, Ordinal);
        var validation = authentication["globalValidation"];
        Assert.Equal(["/api/health", "/api/reports"], validation.GetProperty("excludedPaths").Texts());
        Assert.Equal("Return401", validation.GetProperty("unauthenticatedClientAction").GetString());
    }

    [Fact]
    public async Task The_app_is_there_only_once_its_roles_are()
    {
        var template = await compiler.TemplateAsync();

        var app = template.GetProperty("resources").GetProperty("app");
        Assert.Contains("access", app.GetProperty("dependsOn").Texts());
    }

    private async Task<Dictionary<string, string>> SettingsAsync(string deployment) =>
        (await SiteAsync(deployment))["siteConfig.appSettings"].EnumerateArray().ToDictionary(
            setting => setting.GetProperty("name").ToString(),
            setting => setting.GetProperty("value").ToString());

    private async Task<Resource> SiteAsync(string deployment) => (await Snapshot.OfAsync(compiler, deployment)).Of(Site).Single();
}
