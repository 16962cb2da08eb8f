using System.Text;

namespace Relay.Slack;

/// <summary>What came back for one post, uninterpreted.</summary>
/// <param name="Status">The HTTP status; null when no reply came.</param>
/// <param name="Body">The reply's text, or what the network said. Never holds the destination's secret.</param>
/// <param name="RetryAfter">The header of that name as it was written.</param>
public sealed record SlackReply(int? Status, string Body, string? RetryAfter = null)
{
    private const int LongestBody = 64 * 1024;

    /// <summary>Whether the message was sent and its answer did not come in time: it may have arrived.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>Reads the reply to a request, as much of it as a reply of Slack's can have.</summary>
    /// <remarks>What the network does wrong is a reply too; only cancellation throws.</remarks>
    public static async Task<SlackReply> ReadAsync(Func<Task<HttpResponseMessage>> send, CancellationToken cancellation)
    {
        try
        {
            using var response = await send();
            var retryAfter = response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.ToString() : null;
            return new SlackReply((int)response.StatusCode, await ReadAsync(response.Content, cancellation), retryAfter);
        }
        catch (HttpRequestException e)
        {
            // Its message may hold the address.
            return new SlackReply(null, $"network: {e.HttpRequestError}");
        }
        catch (IOException)
        {
            return new SlackReply(null, "network: the reply broke off");
        }
    }

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        var buffer = new byte[LongestBody];
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
