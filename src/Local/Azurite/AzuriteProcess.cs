using Hosting;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Local.Azurite;

/// <summary>Azurite as a child process, in memory, on free ports of the loopback interface.</summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    private const string Account = "relay";
    private static readonly TimeSpan _startTimeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private AzuriteProcess(Process process, string connectionString) => (_process, ConnectionString) = (process, connectionString);

    /// <summary>Leads to this Azurite; its account key was made for it alone.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts Azurite and waits until it listens.</summary>
    /// <exception cref="StartException">Node is missing, or Azurite does not come up.</exception>
    public static async Task<AzuriteProcess> StartAsync(AzuriteInstallation installation, CancellationToken cancellation)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var process = installation.StartNode(
            [
                "azurite.cjs", "--inMemoryPersistence", "--silent", "--skipApiVersionCheck", "--disableTelemetry",
                .. Free("blob"), .. Free("queue"), .. Free("table"),
            ],
            ("AZURITE_ACCOUNTS", $"{Account}:{key}"));
        try
        {
            var (blobs, queues) = await ReadAddressesAsync(process, cancellation);
            return new AzuriteProcess(
                process,
                $"AccountName={Account};AccountKey={key};BlobEndpoint={blobs}/{Account};QueueEndpoint={queues}/{Account}");
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Ends Azurite, also one that hangs: what it has is in memory and goes with it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string[] Free(string service) => [$"--{service}Host", "127.0.0.1", $"--{service}Port", "0"];

    private static async Task<(string Blobs, string Queues)> ReadAddressesAsync(Process process, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(_startTimeout);
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, e) => errors.Append(e.Data).Append(' ');
        process.BeginErrorReadLine();
        var addresses = new Dictionary<string, string>();

        try
        {
            while (addresses.Count < 3 && await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
            {
                if (Listening().Match(line) is { Success: true } match)
                {
                    addresses[match.Groups["service"].Value] = match.Groups["address"].Value;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new StartException($"Azurite did not start within {_startTimeout.TotalSeconds:0} s.");
        }

        if (addresses.Count < 3)
        {
            throw new StartException($"Azurite did not start: {errors.ToString().Trim()}");
        }

        // Whatever else it prints has to be read, or it would stand still once the pipe is full.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return (addresses["Blob"], addresses["Queue"]);
    }

    [GeneratedRegex("Azurite (?<service>\\w+) service is successfully listening at (?<address>\\S+)")]
    private static partial Regex Listening();
}
