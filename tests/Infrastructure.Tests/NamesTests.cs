namespace Infrastructure.Tests;

public sealed class NamesTests(Compiler compiler)
{
    [Fact]
    public async Task Every_environment_has_names_of_its_own()
    {
        var snapshot = await Snapshot.OfAsync(compiler, "private-network");

        // Zones are told apart by their resource group, and what is within a resource by that.
        var others = snapshot.Resources.Where(resource => !resource.Id.Contains(Outline.Token, Ordinal)).Select(resource => resource.Type);
        Assert.Equal(
            [
                "Microsoft.Insights/workbooks",
                "Microsoft.Network/privateDnsZones",
                "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
                "Microsoft.Resources/resourceGroups",
            ],
            others.Distinct().Order(StringComparer.Ordinal));
        Assert.EndsWith("-dev", Assert.Single(snapshot.Of("Microsoft.Resources/resourceGroups")).Name, Ordinal);
    }

    [Fact]
    public async Task Nothing_asks_for_a_key_and_no_output_is_a_secret()
    {
        var template = (await compiler.TemplateAsync()).GetRawText();

        Assert.DoesNotMatch(@"(?i)\blist\w*\(|AccountKey=|SharedAccess|InstrumentationKey", template);
        var snapshot = await Snapshot.OfAsync(compiler, "identities");
        Assert.All(snapshot.Outputs.EnumerateObject(), output => Assert.DoesNotMatch("(?i)secret|password|key|connection", output.Name));
    }

    [Fact]
    public async Task The_secret_of_Slack_is_in_the_vault_alone()
    {
        var snapshot = await Snapshot.OfAsync(compiler, "defaults");

        var holders = snapshot.Resources.Where(resource => resource.Json.GetRawText().Contains("parameters('slackSecret')", Ordinal));
        Assert.Equal("Microsoft.KeyVault/vaults/secrets", Assert.Single(holders).Type);
    }

    [Fact]
    public async Task What_is_not_told_yet_and_every_route_is_kept()
    {
        var snapshot = await Snapshot.OfAsync(compiler, "defaults");

        var rules = Assert.Single(snapshot.Of("Microsoft.Storage/storageAccounts/managementPolicies"))["policy.rules"].EnumerateArray();
        Assert.Equal(
            ["relay-state/incidents/", "relay-state/parked/"],
            rules.SelectMany(rule => rule.GetProperty("definition").GetProperty("filters").GetProperty("prefixMatch").Texts()));
    }
}
