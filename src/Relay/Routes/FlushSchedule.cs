using System.Globalization;
using Relay.Storage;

namespace Relay.Routes;

/// <summary>Sees to it that a route is flushed in time. The blob <c>routes/{route}.due</c> holds when the next flush is due.</summary>
/// <remarks>
/// The message goes out before the blob says so: a crash between the two leaves a flush too many, which is harmless;
/// the other way round it would leave none.
/// </remarks>
public sealed class FlushSchedule(IBlobStore blobs, IMessageQueue queue, TimeProvider time)
{
    private const string Due = "due";

    /// <summary>Makes a flush due at <paramref name="at"/>, unless one is due before that anyway.</summary>
    public async Task EnsureAsync(string route, DateTimeOffset at, CancellationToken cancellation)
    {
        var sent = false;
        while (true)
        {
            var scheduled = await blobs.ReadAsync(Name(route), cancellation);
            var now = time.GetUtcNow();

            // One whose time has passed may have died with the instance that handled it.
            if (scheduled is not null && DueOf(scheduled) > now && DueOf(scheduled) <= at)
            {
                return;
            }

            if (!sent)
            {
                await queue.SendAsync(new FlushMessage(route, at), at > now ? at - now : TimeSpan.Zero, cancellation);
                sent = true;
            }

            var metadata = new Dictionary<string, string> { [Due] = at.ToString("O", CultureInfo.InvariantCulture) };
            if (await blobs.WriteAsync(Name(route), new BlobContent("", metadata), BlobCondition.Unchanged(scheduled), cancellation))
            {
                return;
            }
        }
    }

    /// <summary>Whether a later flush was scheduled since, which does the work of this one. Without this they would multiply.</summary>
    public async Task<bool> IsReplacedAsync(FlushMessage flush, CancellationToken cancellation) =>
        await blobs.ReadAsync(Name(flush.Route), cancellation) is { } scheduled && DueOf(scheduled) > flush.Due;

    /// <summary>Forgets the scheduled flush, since it begins now; whoever has news from here on makes a new one due.</summary>
    public Task ClearAsync(string route, CancellationToken cancellation) =>
        blobs.DeleteAsync(Name(route), BlobCondition.None, cancellation);

    private static string Name(string route) => $"routes/{route}.due";

    private static DateTimeOffset DueOf(StoredBlob scheduled) =>
        DateTimeOffset.Parse(scheduled.Metadata[Due], CultureInfo.InvariantCulture);
}
