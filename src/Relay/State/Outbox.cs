using System.Globalization;
using Relay.Incidents;
using Relay.Storage;

namespace Relay.State;

/// <summary>Which incidents a route has to look at, and when: the blobs <c>outbox/{route}/{fp}</c>.</summary>
internal sealed class Outbox(IBlobStore blobs)
{
    private const int MostAttempts = 20;
    private const string Since = "since";
    private const string Look = "look";
    private const string Failures = "failures";

    /// <summary>Says that the incident has news, which were received at <paramref name="receivedAt"/>.</summary>
    /// <remarks>The mark is written also where it says so already: whoever is at work on what it said finds out.</remarks>
    public async Task MarkAsync(string route, Fingerprint incident, DateTimeOffset receivedAt, CancellationToken cancellation)
    {
        var name = $"outbox/{route}/{incident}";
        StoredBlob? blob = null; // Most news are an incident's first, so this tries to create before it reads.
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var known = blob is null ? null : Mark(incident, blob);
            var since = known?.NewsSince < receivedAt ? known.NewsSince : receivedAt;
            var look = known?.Look > receivedAt ? receivedAt : known?.Look;
            if (await blobs.WriteAsync(name, Content(since, look, 0), BlobCondition.Unchanged(blob), cancellation))
            {
                return;
            }

            blob = await blobs.ReadAsync(name, cancellation);
        }

        throw new StorageUnavailableException("mark an incident", new IOException($"{MostAttempts} attempts were overtaken."));
    }

    /// <summary>Every incident that goes on, the longest waiting first.</summary>
    public async Task<IReadOnlyList<OutboxMark>> ListAsync(string route, CancellationToken cancellation)
    {
        var prefix = $"outbox/{route}/";
        return
        [
            .. (await blobs.ListAsync(prefix, cancellation))
                .Select(blob => Fingerprint.TryParse(blob.Name[prefix.Length..], out var incident) ? Mark(incident, blob) : null)
                .OfType<OutboxMark>()
                .OrderBy(mark => mark.WaitsSince)
                .ThenBy(mark => mark.Blob.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Every route with an incident that goes on, also one that is no longer configured.</summary>
    public async Task<IReadOnlyCollection<string>> ListRoutesAsync(CancellationToken cancellation)
    {
        var found = await blobs.ListAsync("outbox/", cancellation);
        return [.. found.Select(blob => blob.Name.Split('/')[1]).Distinct()];
    }

    /// <summary>Says that nothing is due before <paramref name="look"/>, unless there is newer news than the mark was read with.</summary>
    /// <param name="newsSince">The oldest news that Slack then does not know.</param>
    /// <returns>Whether it is written down.</returns>
    public Task<bool> LookAsync(OutboxMark mark, DateTimeOffset look, DateTimeOffset? newsSince, CancellationToken cancellation) =>
        blobs.WriteAsync(mark.Blob.Name, Content(newsSince, look, 0), BlobCondition.Unchanged(mark.Blob), cancellation);

    /// <summary>Leaves the incident alone for a while, longer each time, since it could not be read or kept.</summary>
    public Task PauseAsync(OutboxMark mark, DateTimeOffset look, CancellationToken cancellation) =>
        blobs.WriteAsync(mark.Blob.Name, Content(mark.NewsSince, look, mark.Failures + 1), BlobCondition.Unchanged(mark.Blob), cancellation);

    /// <summary>Takes the mark away, unless there is newer news than it was read with.</summary>
    public Task UnmarkAsync(OutboxMark mark, CancellationToken cancellation) =>
        blobs.DeleteAsync(mark.Blob.Name, BlobCondition.Unchanged(mark.Blob), cancellation);

    /// <summary>What cannot be read of a mark is not there: the incident is then looked at.</summary>
    private static OutboxMark Mark(Fingerprint incident, StoredBlob blob) => new(
        incident,
        TimeOf(blob, Since),
        TimeOf(blob, Look),
        int.TryParse(blob.Metadata.GetValueOrDefault(Failures), CultureInfo.InvariantCulture, out var failures) && failures >= 0 ? failures : 0,
        blob);

    private static DateTimeOffset? TimeOf(StoredBlob blob, string key) => MetadataTime.TryRead(blob.Metadata, key);

    private static BlobContent Content(DateTimeOffset? since, DateTimeOffset? look, int failures)
    {
        var metadata = new Dictionary<string, string>();
        if (since is { } received)
        {
            metadata[Since] = MetadataTime.Write(received);
        }

        if (look is { } at)
        {
            metadata[Look] = MetadataTime.Write(at);
        }

        if (failures > 0)
        {
            metadata[Failures] = failures.ToString(CultureInfo.InvariantCulture);
        }

        return new("", metadata);
    }
}
