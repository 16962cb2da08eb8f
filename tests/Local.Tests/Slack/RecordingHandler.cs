using System.Net.Http.Headers;

namespace Local.Tests.Slack;

/// <summary>Answers each request as it is told to, and remembers what was sent.</summary>
internal sealed class RecordingHandler(Func<CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public RecordingHandler(HttpResponseMessage answer)
        : this(_ => Task.FromResult(answer))
    {
    }

    public List<Sent> Requests { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = request.Content ?? throw new InvalidOperationException("A post to Slack has content.");
        Requests.Add(new(
            request.Method,
            request.RequestUri,
            request.Headers.Authorization,
            content.Headers.ContentType?.ToString(),
            await content.ReadAsStringAsync(cancellationToken)));
        return await answer(cancellationToken);
    }

    internal sealed record Sent(HttpMethod Method, Uri? Url, AuthenticationHeaderValue? Authorization, string? ContentType, string Body);
}
