using System.Text;
using Relay.Slack;

namespace Functions.Slack;

/// <summary>
/// Keeps what Slack replied to the one request of a client, and tells SlackNet that all is well: it would lose the error's word,
/// and throw on a 429 without <c>Retry-After</c> and on a reply without a content type.
/// </summary>
/// <param name="network">The connection, which outlives this.</param>
internal sealed class ReplyKeeper(HttpMessageHandler network) : HttpMessageHandler
{
    private const int LongestBody = 64 * 1024;
    private readonly HttpMessageInvoker _network = new(network, disposeHandler: false);

    /// <summary>The reply; null before it is there.</summary>
    public SlackReply? Reply { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Reply = await ReplyToAsync(request, cancellationToken);
        return new HttpResponseMessage { Content = new StringContent("ok") };
    }

    protected override void Dispose(bool disposing)
    {
        _network.Dispose();
        base.Dispose(disposing);
    }

    private async Task<SlackReply> ReplyToAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using var response = await _network.SendAsync(request, cancellation);
            return new SlackReply((int)response.StatusCode, await ReadAsync(response.Content, cancellation), RetryAfterOf(response));
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

    private static string? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.ToString() : null;
}
