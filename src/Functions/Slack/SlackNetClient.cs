using Relay.Routes;
using Relay.Slack;
using SlackNet;

namespace Functions.Slack;

/// <summary>Posts to Slack with SlackNet.</summary>
/// <param name="handler">Best made by <see cref="SlackNetwork.CreateHandler"/>.</param>
public sealed class SlackNetClient(HttpMessageHandler handler, TimeProvider time) : ISlackClient
{
    private readonly SlackJsonSettings _json = Default.JsonSettings();

    /// <inheritdoc/>
    public Task<SlackReply> PostAsync(Destination destination, SlackMessage message, CancellationToken cancellation) =>
        SlackNetwork.PostAsync(
            async either =>
            {
                using var keeper = new ResponseCapturingHandler(handler);
                using var http = new HttpClient(keeper, disposeHandler: false);
                await PostAsync(http, destination, message, either);
                return keeper.Reply ?? throw new InvalidOperationException("SlackNet sent no request.");
            },
            time,
            cancellation);

    private Task PostAsync(HttpClient http, Destination destination, SlackMessage message, CancellationToken cancellation) => destination switch
    {
        WebhookDestination webhook =>
            Client(http, "").PostToWebhook(webhook.Url.AbsoluteUri, SlackNetMessage.Of(message, null), cancellation),
        BotDestination bot when message.Edits is { } edited =>
            Client(http, bot.Token).Chat.Update(SlackNetMessage.EditOf(message, edited), cancellation),
        BotDestination bot =>
            Client(http, bot.Token).Chat.PostMessage(SlackNetMessage.Of(message, bot.Channel), cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(destination), destination, "Nobody posts there yet."),
    };

    // Its own retry of a 429 would wait inside the call, and know nothing of the other instances.
    private SlackApiClient Client(HttpClient http, string token) =>
        new(Default.Http(_json, () => http), Default.UrlBuilder(_json), _json, token) { DisableRetryOnRateLimit = true };
}
