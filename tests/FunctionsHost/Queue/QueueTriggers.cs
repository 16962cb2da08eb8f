using FunctionsHost.Worker;
using Local.Queue;

namespace FunctionsHost.Queue;

/// <summary>A listener for every function that a queue runs.</summary>
internal sealed class QueueTriggers : IAsyncDisposable
{
    private readonly List<QueueListener> _listeners = [];

    /// <summary>Begins to listen to the queues that the functions name.</summary>
    public static async Task<QueueTriggers> StartAsync(
        IEnumerable<FunctionMetadata> functions,
        LocalQueues queues,
        QueueSettings settings,
        WorkerSupervisor supervisor,
        IServiceProvider services)
    {
        var triggers = new QueueTriggers();
        foreach (var function in functions.Where(one => one.IsRunBy("queueTrigger")))
        {
            var queue = (string)function.Trigger["queueName"]!; // A queue's trigger names one.
            var work = Messages(queue, queues, (message, stopping) => RunAsync(function, message, supervisor, stopping));
            var listener = new QueueListener(work, settings, services.GetRequiredService<ILogger<QueueListener>>());
            triggers._listeners.Add(listener);
            await listener.StartAsync(CancellationToken.None);
        }

        return triggers;
    }

    /// <summary>Waits for what is at work.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners)
        {
            await listener.StopAsync(CancellationToken.None);
            listener.Dispose();
        }
    }

    private static QueueWork Messages(string name, LocalQueues queues, Func<string, CancellationToken, Task> handle) => name switch
    {
        _ when name == queues.Reports.Name => new(queues.Reports, queues.Poison, handle),
        _ when name == queues.Poison.Name => new(queues.Poison, null, handle),
        _ => throw new InvalidOperationException($"There is no queue {name}."),
    };

    private static async Task RunAsync(FunctionMetadata function, string message, WorkerSupervisor supervisor, CancellationToken stopping)
    {
        var worker = await supervisor.CurrentAsync(stopping);
        await worker.InvokeAsync(function.ToInvocation(new() { String = message }), stopping);
    }
}
