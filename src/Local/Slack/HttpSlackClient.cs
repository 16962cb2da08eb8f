using System.Net.Http.Headers;
using System.Text;
using Relay.Routes;
using Relay.Slack;

namespace Local.Slack;

/// <summary>Posts to Slack, or to whatever answers like it, over plain HTTP requests.</summary>
/// <param name="http">Best made over <see cref="SlackNetwork.CreateHandler"/>.</param>
/// <param name="apiOf">Where the Web API is that knows a bot's token.</param>
public sealed class HttpSlackClient(HttpClient http, Func<BotDestination, Uri> apiOf, TimeProvider time) : ISlackClient
{
    public static readonly Uri SlackApi = new("https://slack.com/api/");

    /// <inheritdoc/>
    public Task<SlackReply> PostAsync(Destination destination, SlackMessage message, CancellationToken cancellation) =>
        SlackNetwork.PostAsync(
            async either =>
            {
                using var request = RequestFor(destination, message);
                return await SlackReply.ReadAsync(() => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either), either);
            },
            time,
            cancellation);

    private HttpRequestMessage RequestFor(Destination destination, SlackMessage message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(destination, message))
        {
            Content = new StringContent(SlackPayload.Json(destination, message), Encoding.UTF8, "application/json"),
        };

        if (destination is BotDestination bot)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bot.Token);
        }

        return request;
    }

    private Uri AddressOf(Destination destination, SlackMessage message) => destination switch
    {
        WebhookDestination webhook => webhook.Url,
        BotDestination bot => new($"{apiOf(bot).AbsoluteUri.TrimEnd('/')}/{(message.Edits is null ? "chat.postMessage" : "chat.update")}"),
        _ => throw new ArgumentOutOfRangeException(nameof(destination), destination, "Nobody posts there yet."),
    };
}
