using Hosting;
using System.ComponentModel;
using System.Diagnostics;

namespace Local.Azurite;

/// <summary>The npm package Azurite, in the version that the lock file beside this source pins.</summary>
/// <param name="folder">Holds the lock file, the script that runs Azurite, and the package itself.</param>
public sealed class AzuriteInstallation(string folder)
{
    private static readonly TimeSpan _heartbeat = TimeSpan.FromSeconds(4);

    /// <summary>The one beside this program.</summary>
    public static AzuriteInstallation Own { get; } = new(Path.Combine(AppContext.BaseDirectory, "Azurite"));

    /// <summary>Written by npm when an installation is complete.</summary>
    private FileInfo Installed => new(Path.Combine(folder, "node_modules", ".package-lock.json"));

    private FileInfo Locked => new(Path.Combine(folder, "package-lock.json"));

    /// <summary>Installs the package with <c>npm ci</c>, unless it is there already.</summary>
    /// <exception cref="StartException">npm is missing or failed.</exception>
    public async Task EnsureAsync(TextWriter progress, CancellationToken cancellation)
    {
        if (Installed.Exists && Installed.LastWriteTimeUtc >= Locked.LastWriteTimeUtc)
        {
            return;
        }

        progress.WriteLine("Installing Azurite with npm; this is done once.");
        var (exitCode, output) = await RunNpmAsync(progress, cancellation);

        if (exitCode != 0)
        {
            var why = output.Split('\n').LastOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))?.Trim();
            throw new StartException($"Azurite could not be installed: npm ended with exit code {exitCode}. {why}");
        }

        File.SetLastWriteTimeUtc(Installed.FullName, DateTime.UtcNow);
    }

    private async Task<(int ExitCode, string Output)> RunNpmAsync(TextWriter progress, CancellationToken cancellation)
    {
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var start = new ProcessStartInfo(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };

        using var process = Start(start, "npm");
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        var exit = process.WaitForExitAsync(cancellation);
        var watch = Stopwatch.StartNew();

        while (await Task.WhenAny(exit, Task.Delay(_heartbeat, cancellation)) != exit)
        {
            progress.WriteLine($"  npm is at work, {watch.Elapsed.TotalSeconds:0} s");
        }

        await exit;
        return (process.ExitCode, string.Join('\n', await output));
    }

    /// <summary>Starts <c>node</c> in the folder, with all three standard streams in our hands.</summary>
    /// <exception cref="StartException">Node is missing.</exception>
    internal Process StartNode(IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Start(start, "node");
    }

    private static Process Start(ProcessStartInfo start, string name)
    {
        try
        {
            return Process.Start(start) ?? throw new StartException($"{name} did not start.");
        }
        catch (Win32Exception)
        {
            throw new StartException(
                $"{name} was not found. Install Node.js 20 or newer, which brings it, or name a storage account in Relay__Storage.");
        }
    }
}
