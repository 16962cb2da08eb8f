using Relay.Incidents;
using Relay.Storage;

namespace Relay.Routes;

/// <summary>Which incidents have news for a route: the empty blobs <c>outbox/{route}/{fp}</c>.</summary>
internal sealed class Outbox(IBlobStore blobs)
{
    /// <summary>Says that the incident has news. Saying it again counts as newer news.</summary>
    public Task MarkAsync(string route, Fingerprint incident, CancellationToken cancellation) =>
        blobs.WriteAsync($"outbox/{route}/{incident}", BlobContent.Empty, BlobCondition.None, cancellation);

    /// <summary>Every incident with news.</summary>
    public async Task<IReadOnlyList<OutboxMark>> ListAsync(string route, CancellationToken cancellation)
    {
        var prefix = $"outbox/{route}/";
        var found = await blobs.ListAsync(prefix, cancellation);
        return [.. found.SelectMany(blob => Fingerprint.TryParse(blob.Name[prefix.Length..], out var incident) ? [new OutboxMark(incident, blob)] : Array.Empty<OutboxMark>())];
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
