using System.Collections.Concurrent;
using System.Threading.Channels;
using FunctionsHost.Rpc;

namespace FunctionsHost.Worker;

/// <summary>The stream between the host and one worker: questions, and the answers that name them.</summary>
internal sealed class WorkerChannel
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = new();
    private readonly Channel<StreamingMessage> _toWorker = Channel.CreateUnbounded<StreamingMessage>();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the worker is to be told, in its order.</summary>
    public IAsyncEnumerable<StreamingMessage> ToWorker => _toWorker.Reader.ReadAllAsync();

    /// <summary>Where the worker answers HTTP.</summary>
    public Uri Http { get; private set; } = new("http://127.0.0.1:0/");

    /// <summary>Greets the worker and has it load the functions.</summary>
    public async Task InitializeAsync(string app, IEnumerable<FunctionMetadata> functions)
    {
        var init = new WorkerInitRequest { HostVersion = "4.0.0", WorkerDirectory = app, FunctionAppDirectory = app };
        var ready = (await AskAsync(new() { WorkerInitRequest = init })).WorkerInitResponse;
        Check(ready.Result, "start");
        Http = new Uri(ready.Capabilities["HttpUri"]);

        foreach (var function in functions)
        {
            Check((await AskAsync(new() { FunctionLoadRequest = function.ToLoadRequest(app) })).FunctionLoadResponse.Result, $"load {function.Name}");
        }
    }

    /// <summary>Runs a function and waits until it is over.</summary>
    /// <exception cref="InvocationException">It failed, or the worker was gone before it ended.</exception>
    public async Task InvokeAsync(InvocationRequest request, CancellationToken cancellation)
    {
        var cancel = new StreamingMessage { InvocationCancel = new() { InvocationId = request.InvocationId } };
        await using var cancelling = cancellation.Register(() => _toWorker.Writer.TryWrite(cancel));
        Check((await AskAsync(new() { InvocationRequest = request })).InvocationResponse.Result, $"run {request.FunctionId}");
    }

    /// <summary>Asks the worker to end.</summary>
    public void Terminate() => _toWorker.Writer.TryWrite(new() { WorkerTerminate = new() });

    /// <summary>An answer has come.</summary>
    public void Take(StreamingMessage message)
    {
        if (_asked.TryRemove(message.RequestId, out var waiting))
        {
            waiting.SetResult(message);
        }
    }

    /// <summary>Nothing will be answered any more.</summary>
    public void End()
    {
        _toWorker.Writer.TryComplete();
        _ended.TrySetResult();
    }

    private static void Check(StatusResult result, string what)
    {
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new InvocationException($"The worker could not {what}: {result.Exception?.Message ?? $"{result.Status}"}");
        }
    }

    private async Task<StreamingMessage> AskAsync(StreamingMessage message)
    {
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        message.RequestId = Guid.NewGuid().ToString();
        _asked[message.RequestId] = answer;
        _toWorker.Writer.TryWrite(message);
        await Task.WhenAny(answer.Task, _ended.Task);
        return answer.Task.IsCompleted ? await answer.Task : throw new InvocationException("The worker is gone.");
    }
}
