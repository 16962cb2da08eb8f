namespace Operations.Tests;

public sealed class HostLinesTests
{
    private static readonly Dictionary<string, string> Provisioned = new()
    {
        ["AZURE_RESOURCE_GROUP"] = "rg-slack-relay-dev",
        ["AZURE_SUBSCRIPTION_ID"] = "00000000-0000-0000-0000-000000000002",
        ["RELAY_APP"] = "func-abc",
        ["RELAY_URL"] = "https://func-abc.azurewebsites.net/api/reports",
        ["RELAY_IDENTITY_URL"] = "",
        ["RELAY_AUDIENCE"] = "",
    };

    [Fact]
    public async Task The_lines_for_a_host_name_the_address_and_how_to_read_the_key()
    {
        var (exitCode, output, _) = await RunningCommand.RunAsync(["hosts"], Provisioned);

        Assert.Equal(0, exitCode);
        Assert.Contains("    url = https://func-abc.azurewebsites.net/api/reports\n", output, StringComparison.Ordinal);
        Assert.Contains(
            "az functionapp keys list --subscription 00000000-0000-0000-0000-000000000002 --resource-group rg-slack-relay-dev --name func-abc --query functionKeys.default",
            output,
            StringComparison.Ordinal);
        Assert.Contains("`az login`", output, StringComparison.Ordinal);
        Assert.DoesNotContain("managed_identity", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_with_an_identity_needs_no_key()
    {
        var (_, output, _) = await RunningCommand.RunAsync(["hosts"], new(Provisioned)
        {
            ["RELAY_URL"] = "",
            ["RELAY_IDENTITY_URL"] = "https://func-abc.azurewebsites.net/api/identity/reports",
            ["RELAY_AUDIENCE"] = "api://00000000-0000-0000-0000-000000000001",
        });

        Assert.Contains("    url = https://func-abc.azurewebsites.net/api/identity/reports\n    auth = managed_identity\n    audience = api://0", output, StringComparison.Ordinal);
        Assert.DoesNotContain("keys list", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_has_the_values_in_its_environment()
    {
        var (_, output, _) = await RunningCommand.RunAsync(["hosts"], environment: Provisioned);

        Assert.Contains("url = https://func-abc", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("ready")]
    public async Task A_pipeline_leaves_to_the_operator_what_only_the_operator_may(string command)
    {
        var (exitCode, output, _) = await RunningCommand.RunAsync(
            [command],
            environment: new() { ["CI"] = "true", ["RELAY_OPERATOR_ID"] = "00000000-0000-0000-0000-000000000003" });

        Assert.Equal(0, exitCode);
        Assert.StartsWith("Left to the operator", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hosts")]
    [InlineData("replay")]
    [InlineData("secret")]
    [InlineData("ready")]
    public async Task Without_an_environment_one_line_says_what_to_do(string command)
    {
        var (exitCode, output, error) = await RunningCommand.RunAsync([command]);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal("azd has no environment here: run `azd up` first, or select one with `azd env select`.", error.TrimEnd());
    }

    [Theory]
    [InlineData]
    [InlineData("replay", "now")]
    [InlineData("secret", "db", "--force")]
    public async Task Whatever_else_is_asked_for_shows_the_commands(params string[] arguments)
    {
        var (exitCode, _, error) = await RunningCommand.RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.Contains("replay                    puts", error, StringComparison.Ordinal);
    }
}
