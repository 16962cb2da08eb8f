using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Operations.Tests;

/// <summary>The program as a person starts it, with an azd on the path that knows the given values.</summary>
internal static class RunningCommand
{
    /// <summary>What it wrote, and its exit code.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string[] arguments,
        Dictionary<string, string>? provisioned = null,
        Dictionary<string, string>? environment = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new AzdFolder(provisioned);
        var program = typeof(RunningCommand).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Operations").Value;
        var start = new ProcessStartInfo("dotnet", [program!, .. arguments]) // The project file sets it.
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{folder.Path}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await error);
    }

    private sealed class AzdFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("azd-");

        public AzdFolder(Dictionary<string, string>? provisioned)
        {
            var answer = provisioned is null ? "exit 1" : $"cat <<'END'\n{JsonSerializer.Serialize(provisioned)}\nEND";
            var script = System.IO.Path.Combine(_folder.FullName, "azd");
            File.WriteAllText(script, $"#!/bin/sh\n[ \"$*\" = \"env get-values --output json --no-prompt\" ] || exit 9\n{answer}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        public string Path => _folder.FullName;

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
