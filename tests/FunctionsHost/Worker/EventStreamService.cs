using FunctionsHost.Rpc;
using Grpc.Core;

namespace FunctionsHost.Worker;

/// <summary>The one call that a worker makes: it stays open as long as the worker lives.</summary>
internal sealed class EventStreamService(WorkerSupervisor supervisor, ILoggerFactory loggers) : FunctionRpc.FunctionRpcBase
{
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream,
        IServerStreamWriter<StreamingMessage> responseStream,
        ServerCallContext context)
    {
        var channel = new WorkerChannel();
        var telling = TellAsync(channel, responseStream);
        try
        {
            await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
            {
                switch (message.ContentCase)
                {
                    case StreamingMessage.ContentOneofCase.StartStream:
                        supervisor.Greet(message.StartStream.WorkerId, channel);
                        break;
                    case StreamingMessage.ContentOneofCase.RpcLog:
                        Log(message.RpcLog);
                        break;
                    default:
                        channel.Take(message);
                        break;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The worker was killed.
        }
        finally
        {
            channel.End();
            await telling;
        }
    }

    private static async Task TellAsync(WorkerChannel channel, IServerStreamWriter<StreamingMessage> worker)
    {
        try
        {
            await foreach (var message in channel.ToWorker)
            {
                await worker.WriteAsync(message);
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or OperationCanceledException)
        {
            channel.End(); // The worker was killed, and takes nothing any more.
        }
    }

    /// <summary>The host decides by <c>host.json</c> what it keeps of it: Information and above.</summary>
    private void Log(RpcLog log)
    {
        if (log.Level >= RpcLog.Types.Level.Information && log.Level < RpcLog.Types.Level.None)
        {
            var text = log.Exception is { } exception ? $"{log.Message} {exception.Message}" : log.Message;
            loggers.CreateLogger(log.Category).Log((LogLevel)log.Level, new EventId(), text, null, (state, _) => state);
        }
    }
}
