using System.Text.Json;
using Relay.DeadLetters;
using Relay.Messages;
using Relay.Storage;

namespace Relay;

/// <summary>Puts parked messages back into the queue, once their cause is mended.</summary>
/// <remarks>
/// Doing it twice, or half and then again, does no harm. One that fails again is parked again. What is no message of the relay stays,
/// since it would fail for ever.
/// </remarks>
public sealed class ReplayParked
{
    private readonly DeadLetterStore _store;
    private readonly IMessageQueue _queue;
    private readonly TimeProvider _time;

    internal ReplayParked(DeadLetterStore store, IMessageQueue queue, TimeProvider time) => (_store, _queue, _time) = (store, queue, time);

    /// <summary>Replays every one of them.</summary>
    /// <exception cref="StorageUnavailableException">Some may be in the queue already; doing it again sends the rest.</exception>
    public async Task<Replayed> HandleAsync(CancellationToken cancellation)
    {
        var sent = 0;
        var left = new List<string>();
        foreach (var blob in await _store.ListAsync(cancellation))
        {
            if (await _store.ReadAsync(blob, cancellation) is not { } text)
            {
                continue; // Somebody else replays too.
            }

            if (TryParse(text) is not { } message)
            {
                left.Add(blob.Name);
                continue;
            }

            // The blob goes last: a crash between the two leaves a message too many, which is harmless.
            await _queue.SendAsync(message.ToJson(), TimeSpan.Zero, cancellation);
            await _store.ForgetAsync(blob, cancellation);
            sent++;
        }

        return new Replayed(sent, left);
    }

    /// <summary>Events count as received now: those that are parked for longer than failures count would be over without a notification.</summary>
    private RelayMessage? TryParse(string text)
    {
        try
        {
            var message = RelayMessage.Parse(text);
            return message is EventsMessage events ? events with { ReceivedAt = _time.GetUtcNow() } : message;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
