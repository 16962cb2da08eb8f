using System.ComponentModel;
using System.Diagnostics;

namespace Local.Azurite;

/// <summary>The npm package Azurite, in the version that the lock file beside this source pins.</summary>
public static class AzuriteInstallation
{
    private static readonly TimeSpan _heartbeat = TimeSpan.FromSeconds(4);

    /// <summary>Where the package and the script that runs it are.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Azurite");

    /// <summary>Written by npm when an installation is complete.</summary>
    private static FileInfo Installed => new(Path.Combine(Folder, "node_modules", ".package-lock.json"));

    private static FileInfo Locked => new(Path.Combine(Folder, "package-lock.json"));

    /// <summary>Installs the package with <c>npm ci</c>, unless it is there already.</summary>
    /// <exception cref="StartException">npm is missing or failed.</exception>
    public static async Task EnsureAsync(TextWriter progress, CancellationToken cancellation)
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

    private static async Task<(int ExitCode, string Output)> RunNpmAsync(TextWriter progress, CancellationToken cancellation)
    {
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var start = new ProcessStartInfo(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = Folder,
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

    internal static Process Start(ProcessStartInfo start, string name)
    {
        try
        {
            return Process.Start(start) ?? throw new StartException($"{name} did not start.");
        }
        catch (Win32Exception)
        {
            throw new StartException($"{name} was not found. Install Node.js 20 or newer, which brings it, or name a storage account in Relay__Storage.");
        }
    }
}
