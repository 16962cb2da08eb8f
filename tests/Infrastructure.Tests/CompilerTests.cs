using System.Text.RegularExpressions;

namespace Infrastructure.Tests;

public sealed partial class CompilerTests(Compiler compiler)
{
    private const string Wrong = "tests/Infrastructure.Tests/Deployments/Wrong/parameters.bicepparam";

    [Fact]
    public async Task The_compiler_has_nothing_to_say()
    {
        var (exitCode, _, error) = await compiler.BuildAsync();

        Assert.Equal((0, ""), (exitCode, error));
    }

    [Fact]
    public async Task The_linter_has_nothing_to_say()
    {
        var (exitCode, output, error) = await compiler.RunAsync("lint", "infra/main.bicep");

        Assert.Equal((0, "", ""), (exitCode, output, error));
    }

    [Fact]
    public async Task Every_file_is_formatted_as_the_compiler_formats()
    {
        await compiler.RunAsync("format", "--pattern", "**/*.{bicep,bicepparam}");

        foreach (var folder in new[] { "infra", Compiler.Deployments })
        {
            var files = Directory.GetFiles(compiler.PathOf(folder), "*.bicep*");
            Assert.NotEmpty(files);
            Assert.All(files, file => Assert.Equal(Repository.Read(Path.Combine(folder, Path.GetFileName(file))), File.ReadAllText(file)));
        }
    }

    [Fact]
    public async Task A_parameter_that_is_wrong_fails_before_anything_is_deployed()
    {
        var lines = await File.ReadAllLinesAsync(compiler.PathOf(Wrong), TestContext.Current.CancellationToken);
        var expected = lines.Index().SelectMany(line => ExpectedCode().Matches(line.Item).Select(match => $"line {line.Index + 1}: {match}"));

        var (exitCode, _, error) = await compiler.RunAsync("build-params", Wrong, "--stdout");

        var found = FoundCode().Matches(error).Select(match => $"line {match.Groups[1]}: {match.Groups[2]}");
        Assert.Equal(expected, found);
        Assert.Equal(1, exitCode);
    }

    // Each line names the error that it is to be, https://aka.ms/bicep/core-diagnostics.
    [GeneratedRegex("(?<=// )BCP[0-9]+$")]
    private static partial Regex ExpectedCode();

    [GeneratedRegex(@"\(([0-9]+),[0-9]+\) : Error (BCP[0-9]+):")]
    private static partial Regex FoundCode();
}
