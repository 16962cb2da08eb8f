using Relay.DeadLetters;
using Relay.Storage;

namespace Relay;

/// <summary>Puts a message aside that could not be handled, and sees to it that people hear of it: through the log, and through Slack.</summary>
public sealed class ParkPoison
{
    private readonly DeadLetterStore _store;
    private readonly RecordEvents _recordEvents;
    private readonly ResumeRoutes _resumeRoutes;
    private readonly TimeProvider _time;

    internal ParkPoison(DeadLetterStore store, RecordEvents recordEvents, ResumeRoutes resumeRoutes, TimeProvider time) =>
        (_store, _recordEvents, _resumeRoutes, _time) = (store, recordEvents, resumeRoutes, time);

    /// <summary>Parks one message of the poison queue. Doing it twice, or half and then again, does no harm.</summary>
    /// <exception cref="StorageUnavailableException">It is not known to be parked: it has to stay in its queue.</exception>
    public async Task HandleAsync(string message, CancellationToken cancellation)
    {
        var letter = DeadLetter.Of(message);
        var now = _time.GetUtcNow();
        var name = await _store.ParkAsync(letter, now, cancellation);
        await _recordEvents.HandleAsync(DeadLetterReport.Of(letter, name, now), cancellation);

        // The message may have been the flush that somebody's news were waiting for.
        await _resumeRoutes.HandleAsync(cancellation);
    }
}
