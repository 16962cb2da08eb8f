using Relay.Slack;

namespace Functions.Slack;

/// <summary>
/// Keeps what Slack replied to the one request of a client, and tells SlackNet that all is well: it would lose the error's word,
/// and throw on a 429 without <c>Retry-After</c> and on a reply without a content type.
/// </summary>
/// <param name="network">The connection, which outlives this.</param>
internal sealed class ResponseCapturingHandler(HttpMessageHandler network) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _network = new(network, disposeHandler: false);

    /// <summary>The reply; null before it is there.</summary>
    public SlackReply? Reply { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Reply = await SlackReply.ReadAsync(() => _network.SendAsync(request, cancellationToken), cancellationToken);
        return new HttpResponseMessage { Content = new StringContent("ok") };
    }

    protected override void Dispose(bool disposing)
    {
        _network.Dispose();
        base.Dispose(disposing);
    }
}
