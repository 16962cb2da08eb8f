using Relay.Messages;
using Relay.Storage;

namespace Relay.Delivery;

/// <summary>Sees to it that a route is flushed in time. The blob <c>routes/{route}.due</c> holds when the next flush is due.</summary>
/// <remarks>
/// The message goes out before the blob says so: a crash between the two leaves a flush too many, which is harmless;
/// the other way round it would leave none.
/// </remarks>
internal sealed class FlushSchedule(IBlobStore blobs, IMessageQueue queue, TimeProvider time)
{
    private const int MostAttempts = 20;

    /// <summary>A flush waits for no other one unless that is clearly later: clocks differ, and events that keep coming must not put it off.</summary>
    private static readonly TimeSpan _clearlyLater = TimeSpan.FromSeconds(2);

    /// <summary>A flush that goes ahead of a later one comes no sooner than it is noted: till then it looks as if that one had replaced it.</summary>
    private static readonly TimeSpan _noting = TimeSpan.FromSeconds(1);

    /// <summary>No flush is made due later than this but by a clock that is wrong.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(11);

    private const string Due = "due";

    /// <summary>Makes a flush due at <paramref name="at"/>, unless one is due before that anyway; at once where one is late.</summary>
    /// <remarks>One whose time has passed may only be late in the queue, or may have died with the instance that handled it.</remarks>
    public Task EnsureAsync(string route, DateTimeOffset at, CancellationToken cancellation) =>
        ScheduleAsync(route, at, takesOver: true, begun: null, cancellation);

    /// <summary>Makes a flush due so long from now, in case one was lost: one that is still to come, and soon enough, was not.</summary>
    /// <remarks>Else whoever looks would bring every look at what goes on forward, each time and on each instance.</remarks>
    public async Task ResumeAsync(string route, TimeSpan delay, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (DueOf(await blobs.ReadAsync(Name(route), cancellation)) is not { } due || due <= now || due > now + _longest)
        {
            await ScheduleAsync(route, now + delay, takesOver: false, begun: null, cancellation);
        }
    }

    /// <summary>Makes a flush due so long from now, unless another one is due before that anyway, since this one cannot do its work now.</summary>
    /// <remarks>The queue's clock may be ahead of ours: by ours, this one may be still to come.</remarks>
    public Task PostponeAsync(FlushMessage flush, TimeSpan delay, CancellationToken cancellation) =>
        ScheduleAsync(flush.Route, time.GetUtcNow() + delay, takesOver: false, begun: flush.Due, cancellation);

    /// <summary>Whether a later flush was scheduled since, which does the work of this one. Without this they would multiply.</summary>
    public async Task<bool> IsReplacedAsync(FlushMessage flush, CancellationToken cancellation) =>
        DueOf(await blobs.ReadAsync(Name(flush.Route), cancellation)) is { } scheduled
        && scheduled > flush.Due
        && scheduled > time.GetUtcNow() + _clearlyLater;

    /// <summary>Forgets the scheduled flush, since it begins now; whoever has news from here on makes a new one due.</summary>
    /// <remarks>Written rather than deleted: whoever is about to note an earlier flush finds out that it has begun.</remarks>
    public Task ClearAsync(string route, CancellationToken cancellation) =>
        blobs.WriteAsync(Name(route), BlobContent.Empty, BlobCondition.None, cancellation);

    /// <param name="takesOver">Whether a flush whose time has passed is replaced by one that comes at once.</param>
    /// <param name="begun">The time of the flush that asks, if one does: that one counts no longer.</param>
    private async Task ScheduleAsync(string route, DateTimeOffset at, bool takesOver, DateTimeOffset? begun, CancellationToken cancellation)
    {
        var noted = await blobs.ReadAsync(Name(route), cancellation);
        var now = time.GetUtcNow();
        at = DueOf(noted) switch
        {
            null => at,
            { } due when due > now => at < now + _noting ? now + _noting : at,
            _ => takesOver ? now : at,
        };

        if (IsSooner(DueOf(noted), at, begun))
        {
            return;
        }

        await queue.SendAsync(new FlushMessage(route, at).ToJson(), at > now ? at - now : TimeSpan.Zero, cancellation);
        await NoteAsync(route, at, begun, noted, cancellation);
    }

    /// <summary>Notes the flush that was sent, unless one that was noted meanwhile does its work.</summary>
    private async Task NoteAsync(string route, DateTimeOffset at, DateTimeOffset? begun, StoredBlob? noted, CancellationToken cancellation)
    {
        var note = new BlobContent("", new Dictionary<string, string> { [Due] = MetadataTime.Write(at) });
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await blobs.WriteAsync(Name(route), note, BlobCondition.Unchanged(noted), cancellation))
            {
                return;
            }

            noted = await blobs.ReadAsync(Name(route), cancellation);
            var due = DueOf(noted);

            // Without a time, ours or another one has begun since it was sent, and has seen or will see all that is to be delivered.
            if (due is null || IsSooner(due, at, begun))
            {
                return;
            }
        }
    }

    /// <summary>Whether a flush that is still to come does the work of one at <paramref name="at"/>.</summary>
    private bool IsSooner(DateTimeOffset? due, DateTimeOffset at, DateTimeOffset? begun) =>
        due > time.GetUtcNow() && due <= at && due != begun;

    private static string Name(string route) => $"routes/{route}.due";

    private static DateTimeOffset? DueOf(StoredBlob? blob) => blob is null ? null : MetadataTime.Read(blob.Metadata, Due);
}
