using System.Text.RegularExpressions;

namespace Infrastructure.Tests;

/// <summary>Words that Azure takes from a list of its own, and the compiler takes whatever they are.</summary>
public sealed partial class WordsTests(Compiler compiler)
{
    private const string PrivateLink = "properties.privateLinkServiceConnections.properties.groupIds";

    public static TheoryData<string, string, string[]> Taken => new()
    {
        { "Microsoft.Consumption/budgets", "properties.timeGrain", ["Monthly", "Quarterly", "Annually"] },
        { "Microsoft.Consumption/budgets", "properties.notifications.spent.operator", ["EqualTo", "GreaterThan", "GreaterThanOrEqualTo"] },
        { "Microsoft.Consumption/budgets", "properties.notifications.expected.thresholdType", ["Actual", "Forecasted"] },
        { "Microsoft.Insights/diagnosticSettings", "properties.logs.categoryGroup", ["audit", "allLogs"] },
        { "Microsoft.Insights/metricAlerts", "properties.criteria.allOf.operator", ["GreaterThan", "GreaterThanOrEqual", "LessThan"] },
        { "Microsoft.Insights/metricAlerts", "properties.criteria.allOf.timeAggregation", ["Average", "Count", "Maximum", "Total"] },
        { "Microsoft.Insights/scheduledQueryRules", "properties.criteria.allOf.operator", ["Equals", "GreaterThan", "LessThan"] },
        { "Microsoft.Insights/scheduledQueryRules", "properties.criteria.allOf.timeAggregation", ["Average", "Count", "Maximum", "Total"] },
        { "Microsoft.Insights/webtests", "kind", ["standard"] },
        { "Microsoft.KeyVault/vaults", "properties.networkAcls.defaultAction", ["Allow", "Deny"] },
        { "Microsoft.KeyVault/vaults", "properties.publicNetworkAccess", ["Disabled", "Enabled"] },
        { "Microsoft.Network/privateEndpoints", PrivateLink, ["[blob]", "[queue]", "[vault]"] },
        { "Microsoft.Storage/storageAccounts", "kind", ["StorageV2"] },
        { "Microsoft.Storage/storageAccounts", "properties.minimumTlsVersion", ["TLS1_2", "TLS1_3"] },
        { "Microsoft.Storage/storageAccounts", "properties.networkAcls.defaultAction", ["Allow", "Deny"] },
        { "Microsoft.Storage/storageAccounts", "properties.publicNetworkAccess", ["Disabled", "Enabled"] },
        { "Microsoft.Storage/storageAccounts", "sku.name", ["Standard_LRS", "Standard_ZRS"] },
        { "Microsoft.Web/serverfarms", "sku.name", ["FC1"] },
        { "Microsoft.Web/serverfarms", "sku.tier", ["FlexConsumption"] },
        { "Microsoft.Web/sites", "kind", ["functionapp,linux"] },
        { "Microsoft.Web/sites", "properties.siteConfig.ipSecurityRestrictions.action", ["Allow", "Deny"] },
        { "Microsoft.Web/sites", "properties.siteConfig.ipSecurityRestrictions.tag", ["Default", "ServiceTag", "XffProxy"] },
        { "Microsoft.Web/sites", "properties.siteConfig.ipSecurityRestrictionsDefaultAction", ["Allow", "Deny"] },
    };

    [Theory]
    [MemberData(nameof(Taken))]
    public async Task A_word_is_one_that_Azure_takes(string type, string path, string[] taken)
    {
        var words = new List<string>();
        foreach (var name in SnapshotTests.Names)
        {
            var snapshot = await Snapshot.OfAsync(compiler, name);
            words.AddRange(snapshot.Of(type).SelectMany(resource => Outline.Lines(resource.Json)).SelectMany(line => Word(line, path)));
        }

        Assert.NotEmpty(words);
        Assert.Empty(words.Except(taken));
    }

    private static IEnumerable<string> Word(string line, string path) =>
        line.Split(": ") is [var name, var word] && Index().Replace(name, "") == path ? [word] : [];

    // Which of a list it is does not matter here.
    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Index();
}
