using System.Diagnostics;

namespace FunctionsHost.Worker;

/// <summary>The app as a process, started as the host starts it.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const int LargestMessage = int.MaxValue;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    private WorkerProcess(string id, Process process) => (Id, _process, Exit) = (id, process, process.WaitForExitAsync());

    /// <summary>By which it names itself on its stream.</summary>
    public string Id { get; }

    /// <summary>Ends with it.</summary>
    public Task Exit { get; }

    /// <summary>Once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>What it writes is written here, line by line.</summary>
    public static WorkerProcess Start(string app, Uri host, IReadOnlyDictionary<string, string> settings)
    {
        var (id, request) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = app,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "Functions.dll", "--functions-uri", $"{host}", "--functions-worker-id", id, "--functions-request-id", request,
                "--functions-grpc-max-message-length", $"{LargestMessage}",
            },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        // As a process of ASP.NET Core it would take the stand-in's addresses for its own.
        start.Environment.Remove("ASPNETCORE_URLS");
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = app;
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = app;

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Write(Console.Out, line.Data);
        process.ErrorDataReceived += (_, line) => Write(Console.Error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new WorkerProcess(id, process);
    }

    /// <summary>Waits for it to end by itself, and not for long.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAny(Exit, Task.Delay(Grace));
        _process.Kill(entireProcessTree: true);
        await Exit;
        _process.Dispose();
    }

    private static void Write(TextWriter writer, string? line)
    {
        if (line is not null)
        {
            writer.WriteLine(line);
        }
    }
}
