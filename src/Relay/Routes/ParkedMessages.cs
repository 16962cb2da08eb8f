using System.Globalization;
using Relay.Slack;
using Relay.Storage;

namespace Relay.Routes;

/// <summary>Messages that Slack refuses in every form, kept for a person to look at: <c>parked/{route}/{time}</c>.</summary>
public sealed class ParkedMessages(IBlobStore blobs, TimeProvider time)
{
    /// <summary>Keeps the message.</summary>
    public Task AddAsync(Route route, SlackMessage message, CancellationToken cancellation)
    {
        var at = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss.fffffff'Z'", CultureInfo.InvariantCulture);
        return blobs.WriteAsync($"parked/{route.Name}/{at}", new BlobContent(message.Text ?? ""), BlobCondition.None, cancellation);
    }
}
