namespace Infrastructure.Tests;

public sealed class AccessTests(Compiler compiler)
{
    private const string Operator = "00000000-0000-0000-0000-00000000000c";

    // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
    private static readonly Dictionary<string, string> BuiltIn = new()
    {
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["c6a89b2d-59bc-44d0-9896-0f6e12d7b80a"] = "Storage Queue Data Message Sender",
    };

    [Fact]
    public async Task Each_role_is_given_where_it_is_needed_and_nowhere_else()
    {
        var snapshot = await Snapshot.OfAsync(compiler, "defaults");

        Assert.Equal(
            [
                "app: Storage Blob Data Owner on storageAccounts/st*",
                "app: Storage Queue Data Contributor on queues/reports",
                "app: Storage Queue Data Contributor on queues/reports-poison",
                "app: Key Vault Secrets User on vaults/kv-*",
                "app: Monitoring Metrics Publisher on components/appi-*",
                "operator: Key Vault Secrets Officer on vaults/kv-*",
                "operator: Storage Blob Data Contributor on containers/relay-state",
                "operator: Storage Queue Data Message Sender on queues/reports",
            ],
            Grant.Of(snapshot).Select(grant => $"{Who(grant.Principal)}: {BuiltIn[grant.Role]} on {What(grant.Scope)}"));
    }

    [Fact]
    public async Task An_assignment_is_named_after_all_that_it_is()
    {
        var snapshot = await Snapshot.OfAsync(compiler, "defaults");

        Assert.All(
            Grant.Of(snapshot),
            grant => Assert.Equal($"[guid('{grant.Scope}', {grant.Principal.Trim('[', ']')}, '{grant.Role}')]", grant.Name));
    }

    [Fact]
    public async Task No_role_is_given_on_what_is_not_provisioned()
    {
        var snapshot = await Snapshot.OfAsync(compiler, "defaults");

        Assert.Empty(Grant.Of(snapshot).Select(grant => grant.Scope).Except(snapshot.Resources.Select(resource => resource.Id)));
    }

    [Fact]
    public async Task The_operator_is_whoever_is_named()
    {
        var snapshot = await Snapshot.OfAsync(compiler, "identities");

        Assert.Equal(3, snapshot.Of(Grant.Type).Count(grant => grant["principalId"].GetString() == Operator));
    }

    private static string Who(string principal) => principal.Contains("/userAssignedIdentities/id-", Ordinal) ? "app"
        : principal == "[deployer().objectId]" ? "operator"
        : throw new ArgumentOutOfRangeException(nameof(principal), principal, "Nobody should have a role but the app and the operator.");

    private static string What(string scope) => string.Join('/', scope.Split('/')[^2..]).Replace(Outline.Token, "*", Ordinal);
}
