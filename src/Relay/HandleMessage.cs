using Relay.Messages;
using Relay.Storage;
using Relay.Telemetry;

namespace Relay;

/// <summary>Handles whatever the queue delivers. Doing it twice, or half and then again, does no harm.</summary>
/// <remarks>
/// Where storage is busy, throttled or away for a while, that is no attempt of the message: a copy goes back into the queue, with a delay
/// that grows. The poison queue is left for what cannot be handled at all.
/// </remarks>
public sealed class HandleMessage
{
    private readonly RecordEvents _recordEvents;
    private readonly FlushRoute _flushRoute;
    private readonly IMessageQueue _queue;
    private readonly QueueLog _log;

    internal HandleMessage(RecordEvents recordEvents, FlushRoute flushRoute, IMessageQueue queue, QueueLog log) =>
        (_recordEvents, _flushRoute, _queue, _log) = (recordEvents, flushRoute, queue, log);

    /// <summary>Handles one message, or puts it back for later.</summary>
    /// <exception cref="System.Text.Json.JsonException">The text is no message of this relay: it will never be handled.</exception>
    /// <exception cref="StorageUnavailableException">Neither could it be handled, nor put back.</exception>
    public async Task HandleAsync(string message, CancellationToken cancellation)
    {
        var parsed = RelayMessage.Parse(message);
        try
        {
            await HandleAsync(parsed, cancellation);
        }
        catch (StorageUnavailableException e)
        {
            var (later, delay) = Postponement.Of(parsed);
            await _queue.SendAsync(later.ToJson(), delay, cancellation);
            _log.Postponed(later.GetType().Name, later.Postponed ?? 0, delay, e.Message);
        }
    }

    private Task HandleAsync(RelayMessage message, CancellationToken cancellation) => message switch
    {
        EventsMessage events => _recordEvents.HandleAsync(events, cancellation),
        FlushMessage flush => _flushRoute.HandleAsync(flush, cancellation),
        var other => throw new InvalidOperationException($"Nothing handles {other.GetType().Name}."),
    };
}
