using System.Collections.Concurrent;
using System.Net.Sockets;
using Hosting;

namespace FunctionsHost.Worker;

/// <summary>Keeps one worker running: one that dies is started again, and at most three times, as the host does it.</summary>
internal sealed partial class WorkerSupervisor(
    HostOptions options,
    IReadOnlyList<FunctionMetadata> functions,
    ILogger<WorkerSupervisor> logger)
{
    private const int MostRestarts = 3;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<WorkerChannel>> _greetings = new();
    private readonly TaskCompletionSource _givenUp = new();
    private readonly TaskCompletionSource _stopping = new();
    private TaskCompletionSource<WorkerChannel> _current = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _keeping = Task.CompletedTask;
    private Uri _host = new("http://127.0.0.1:0");
    private IReadOnlyDictionary<string, string> _settings = new Dictionary<string, string>();

    /// <summary>Ends when workers died too often.</summary>
    public Task GivenUp => _givenUp.Task;

    /// <summary>The worker that runs; waits for one while there is none.</summary>
    public Task<WorkerChannel> CurrentAsync(CancellationToken cancellation) => _current.Task.WaitAsync(cancellation);

    /// <summary>Starts the first one. What cannot be started is not started again.</summary>
    /// <exception cref="StartException">It ended, or did not load its functions.</exception>
    public async Task StartAsync(Uri host, IReadOnlyDictionary<string, string> settings)
    {
        (_host, _settings) = (host, settings);
        var (process, channel) = await StartOneAsync();
        _current.SetResult(channel);
        _keeping = KeepAsync(process);
    }

    /// <summary>A worker has opened its stream.</summary>
    public void Greet(string worker, WorkerChannel channel) => Greeting(worker).TrySetResult(channel);

    /// <summary>Asks the worker to end, and sees to it.</summary>
    public Task StopAsync()
    {
        _stopping.TrySetResult();
        return _keeping;
    }

    private TaskCompletionSource<WorkerChannel> Greeting(string worker) =>
        _greetings.GetOrAdd(worker, _ => new TaskCompletionSource<WorkerChannel>(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task<(WorkerProcess Process, WorkerChannel Channel)> StartOneAsync()
    {
        var process = WorkerProcess.Start(options.App, _host, _settings);
        try
        {
            var starting = GreetAsync(process);
            await Task.WhenAny(starting, process.Exit, Task.Delay(StartLimit));
            return starting.IsCompletedSuccessfully ? (process, await starting) : throw new StartException(
                process.Exit.IsCompleted ? $"The app ended with exit code {process.ExitCode}." : "The app did not load its functions.");
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private async Task<WorkerChannel> GreetAsync(WorkerProcess process)
    {
        var channel = await Greeting(process.Id).Task;
        await channel.InitializeAsync(options.App, functions);
        while (!await AnswersAsync(channel.Http))
        {
            await Task.Delay(20);
        }

        return channel;
    }

    private static async Task<bool> AnswersAsync(Uri http)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(http.Host, http.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task KeepAsync(WorkerProcess process)
    {
        for (var restarts = 0; !_stopping.Task.IsCompleted; restarts++)
        {
            await using (process)
            {
                await Task.WhenAny(process.Exit, _stopping.Task);
                if (_stopping.Task.IsCompleted)
                {
                    (await _current.Task).Terminate();
                    return;
                }
            }

            LogDied(logger, restarts);
            _current = new(TaskCreationOptions.RunContinuationsAsynchronously);
            try
            {
                (process, var channel) = restarts < MostRestarts ? await StartOneAsync() : throw new StartException("The app ended too often.");
                _current.SetResult(channel);
            }
            catch (StartException e)
            {
                Console.Error.WriteLine(e.Message);
                _givenUp.SetResult();
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The worker has ended. Restarts before: {Restarts}")]
    private static partial void LogDied(ILogger logger, int restarts);
}
