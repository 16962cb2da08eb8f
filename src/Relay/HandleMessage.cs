using Relay.Messages;
using Relay.Storage;

namespace Relay;

/// <summary>Handles whatever the queue delivers. Doing it twice, or half and then again, does no harm.</summary>
public sealed class HandleMessage
{
    private readonly RecordEvents _recordEvents;
    private readonly FlushRoute _flushRoute;

    internal HandleMessage(RecordEvents recordEvents, FlushRoute flushRoute) => (_recordEvents, _flushRoute) = (recordEvents, flushRoute);

    /// <summary>Handles one message.</summary>
    /// <exception cref="System.Text.Json.JsonException">The text is no message of this relay: it will never be handled.</exception>
    /// <exception cref="StorageUnavailableException">Handling it again later may help.</exception>
    public Task HandleAsync(string message, CancellationToken cancellation) => RelayMessage.Parse(message) switch
    {
        EventsMessage events => _recordEvents.HandleAsync(events, cancellation),
        FlushMessage flush => _flushRoute.HandleAsync(flush, cancellation),
        var other => throw new InvalidOperationException($"Nothing handles {other.GetType().Name}."),
    };
}
