using System.Diagnostics;
using System.Text.Json;

[assembly: AssemblyFixture(typeof(Infrastructure.Tests.Compiler))]

namespace Infrastructure.Tests;

/// <summary>The compiler of Bicep, on a copy of what it compiles: it writes beside its input.</summary>
public sealed class Compiler : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bicep-");
    private readonly Lazy<Task<(int ExitCode, string Output, string Error)>> _template;

    /// <summary>Copies all that there is to compile.</summary>
    public Compiler()
    {
        _template = new(() => RunAsync("build", "infra/main.bicep", "--stdout"));
        Copy("infra", "*.*");
        Copy(Deployments, "*.bicepparam");
        Copy($"{Deployments}/Wrong", "*.bicepparam");
    }

    /// <summary>Where the deployments of the tests are.</summary>
    public static string Deployments => "tests/Infrastructure.Tests/Deployments";

    /// <summary>Where a copied file is.</summary>
    public string PathOf(string path) => Path.Combine(_folder.FullName, path);

    /// <summary>The template that Azure gets, which is built once.</summary>
    public async Task<JsonElement> TemplateAsync() => JsonDocument.Parse((await BuildAsync()).Output).RootElement;

    /// <summary>What building it came to.</summary>
    public Task<(int ExitCode, string Output, string Error)> BuildAsync() => _template.Value;

    /// <summary>Runs it.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(Program(), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("bicep did not start.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await error);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private static string Program()
    {
        var name = OperatingSystem.IsWindows() ? "bicep.exe" : "bicep";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var program = Repository.Metadata("Bicep") ?? folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (program is null && Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Skip("Bicep is not on the path: what is deployed to Azure was NOT looked at.");
        }

        return program ?? throw new InvalidOperationException("Bicep is not on the path.");
    }

    private void Copy(string folder, string pattern)
    {
        Directory.CreateDirectory(PathOf(folder));
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf(folder), pattern))
        {
            File.Copy(file, PathOf(Path.Combine(folder, Path.GetFileName(file))));
        }
    }
}
