using Relay.Incidents;
using Relay.Storage;

namespace Relay.State;

/// <summary>Which incidents have news for a route, and since when: the blobs <c>outbox/{route}/{fp}</c>.</summary>
internal sealed class Outbox(IBlobStore blobs, TimeProvider time)
{
    private const string At = "at";

    /// <summary>Says that the incident has news. NotificationKind it again counts as newer news.</summary>
    public Task MarkAsync(string route, Fingerprint incident, CancellationToken cancellation)
    {
        var metadata = new Dictionary<string, string> { [At] = MetadataTime.Write(time.GetUtcNow()) };
        return blobs.WriteAsync($"outbox/{route}/{incident}", new BlobContent("", metadata), BlobCondition.None, cancellation);
    }

    /// <summary>Every incident with news.</summary>
    public async Task<IReadOnlyList<OutboxMark>> ListAsync(string route, CancellationToken cancellation)
    {
        var prefix = $"outbox/{route}/";
        var now = time.GetUtcNow();
        var marks = new List<OutboxMark>();
        foreach (var blob in await blobs.ListAsync(prefix, cancellation))
        {
            if (Fingerprint.TryParse(blob.Name[prefix.Length..], out var incident))
            {
                marks.Add(new OutboxMark(incident, MetadataTime.Read(blob.Metadata, At) ?? now, blob));
            }
        }
        return marks;
    }

    /// <summary>Every route with news, also one that is no longer configured.</summary>
    public async Task<IReadOnlyCollection<string>> ListRoutesAsync(CancellationToken cancellation)
    {
        var found = await blobs.ListAsync("outbox/", cancellation);
        return [.. found.Select(blob => blob.Name.Split('/')[1]).Distinct()];
    }

    /// <summary>Takes the mark away, unless there are newer news than those that it was read with.</summary>
    public Task UnmarkAsync(OutboxMark mark, CancellationToken cancellation) =>
        blobs.DeleteAsync(mark.Blob.Name, BlobCondition.Unchanged(mark.Blob), cancellation);
}
