using System.Text.Json;
using System.Text.RegularExpressions;

namespace Infrastructure.Tests;

public sealed partial class AzdTests(Compiler compiler)
{
    private static readonly string Yaml = Repository.Read("azure.yaml");

    [Fact]
    public async Task What_is_deployed_is_a_project_and_goes_to_the_app_that_is_tagged_with_it()
    {
        var service = Service().Match(Yaml);
        var snapshot = await Snapshot.OfAsync(compiler, "defaults");

        Assert.NotEmpty(Directory.GetFiles(Repository.PathOf(service.Groups[2].Value), "*.csproj"));
        var app = Assert.Single(snapshot.Of("Microsoft.Web/sites"));
        Assert.Equal(service.Groups[1].Value, app.Json.GetProperty("tags").GetProperty("azd-service-name").GetString());
    }

    [Fact]
    public void Hooks_are_the_same_on_Linux_and_Windows_and_commands_that_there_are()
    {
        var commands = Command().Captures(Repository.Read("src/Operations/Commands.cs"));
        var hooks = Hook().Matches(Yaml).Select(match => (Shell: match.Groups[1].Value, Run: match.Groups[2].Value)).ToList();

        Assert.Equal(3, hooks.Count(hook => hook.Shell == "sh"));
        Assert.Equal(
            hooks.Where(hook => hook.Shell == "sh").Select(hook => hook.Run),
            hooks.Where(hook => hook.Shell == "pwsh").Select(hook => hook.Run));
        Assert.Subset(commands.ToHashSet(), hooks.Select(hook => hook.Run.Split(' ')[^1]).ToHashSet());
    }

    [Fact]
    public async Task Each_parameter_is_set_from_a_variable_of_its_own_which_is_explained()
    {
        var declared = (await compiler.TemplateAsync()).GetProperty("parameters").Names();

        Assert.Equal(declared, Parameters().Keys);
        Assert.Equal(Parameters().Count, Parameters().Values.Distinct().Count());
        Assert.All(Parameters().Values, variable => Assert.Contains($"`{Short(variable)}`", Repository.Read("docs/deploy.md"), Ordinal));
    }

    [Fact]
    public async Task The_first_month_of_a_budget_is_put_out_and_taken_in_again_and_nothing_else_is()
    {
        var outputs = (await compiler.TemplateAsync()).GetProperty("outputs").Names();

        Assert.Equal(["RELAY_BUDGET_START"], outputs.Intersect(Parameters().Values));
        Assert.Equal("RELAY_BUDGET_START", Parameters()["budgetStart"]);
    }

    [Fact]
    public async Task Commands_read_all_that_is_put_out()
    {
        var sources = string.Concat(Directory.GetFiles(Repository.PathOf("src/Operations"), "*.cs").Select(File.ReadAllText));
        // azd knows these without a deployment.
        var asked = Asked().Captures(sources).Except(["AZURE_SUBSCRIPTION_ID", "RELAY_ALLOWED_SLACK_HOSTS", "RELAY_OPERATOR_ID"]);

        var outputs = (await compiler.TemplateAsync()).GetProperty("outputs").Names().Except(["RELAY_BUDGET_START"]);

        Assert.Equal(outputs.Order(StringComparer.Ordinal), asked.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("azure-dev.yml")]
    [InlineData("infra.yml")]
    public void A_pipeline_hands_every_variable_on(string workflow)
    {
        var text = Repository.Read($".github/workflows/{workflow}");

        // A preview needs no secret.
        var variables = Parameters().Values.Where(variable => variable != "RELAY_SLACK_SECRET" || workflow == "azure-dev.yml");
        Assert.All(variables, variable => Assert.Contains($" {variable}: ${{{{ ", text, Ordinal));
        Assert.All(ActionsUsed().Captures(text), version => Assert.Matches("^[0-9a-f]{40}$", version));
    }

    [Fact]
    public void Azd_sets_up_a_pipeline_with_every_variable_that_is_no_secret()
    {
        const StringSplitOptions Clean = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        var listed = PipelineVariables().Captures(Yaml).Single().Split(',', Clean);

        // azd hands on its own by itself.
        var own = Parameters().Values.Where(variable => variable.StartsWith("RELAY_", Ordinal));
        Assert.Equal(own.Except(["RELAY_SLACK_SECRET"]), listed);
    }

    private static string Short(string variable) => variable switch
    {
        "RELAY_GROUP_INTERVAL" or "RELAY_REPEAT_INTERVAL" or "RELAY_STALE_AFTER" => variable.Replace("RELAY", "…", Ordinal),
        _ => variable,
    };

    private static Dictionary<string, string> Parameters()
    {
        using var json = JsonDocument.Parse(Repository.Read("infra/main.parameters.json"));
        return json.RootElement.GetProperty("parameters").EnumerateObject().ToDictionary(
            parameter => parameter.Name,
            parameter => parameter.Value.GetProperty("value").ToString()[2..^1]);
    }

    [GeneratedRegex(@"^services:\n {2}(\w+):\n {4}project: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Service();

    [GeneratedRegex(@"^ +\[""(\w+)""", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"shell: (\w+), run: (dotnet run --project src/Operations -- \w+), interactive: true, continueOnError: true")]
    private static partial Regex Hook();

    [GeneratedRegex(@"(?:Require|Find)\(""(\w+)""\)")]
    private static partial Regex Asked();

    [GeneratedRegex(@"uses: [\w/-]+@(\S+)")]
    private static partial Regex ActionsUsed();

    [GeneratedRegex(@"variables: \[([^\]]*)\]")]
    private static partial Regex PipelineVariables();
}
