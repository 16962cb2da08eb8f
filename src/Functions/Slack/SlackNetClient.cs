using Relay.Slack;
using SlackNet;

namespace Functions.Slack;

/// <summary>Posts to Slack with SlackNet.</summary>
/// <param name="handler">Best made by <see cref="CreateHandler"/>: the factory of the host would log whole webhook addresses.</param>
public sealed class SlackNetClient(HttpMessageHandler handler, TimeProvider time) : ISlackClient
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly SlackJsonSettings _json = Default.JsonSettings();

    /// <summary>A handler that sends the secret nowhere else: not after a redirect, and not into traces, which record addresses.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <inheritdoc/>
    public async Task<SlackReply> PostAsync(Destination destination, SlackMessage message, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        using var keeper = new ReplyKeeper(handler);
        using var http = new HttpClient(keeper, disposeHandler: false);

        try
        {
            await PostAsync(http, destination, message, either.Token);
            return keeper.Reply ?? throw new InvalidOperationException("SlackNet sent no request.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SlackReply(null, $"no reply within {Timeout.TotalSeconds} seconds");
        }
    }

    private Task PostAsync(HttpClient http, Destination destination, SlackMessage message, CancellationToken cancellation) => destination switch
    {
        WebhookDestination webhook => Client(http, "").PostToWebhook(webhook.Url.AbsoluteUri, SlackNetMessage.Of(message, null), cancellation),
        BotDestination bot when message.Edits is { } edited => Client(http, bot.Token).Chat.Update(SlackNetMessage.EditOf(message, edited), cancellation),
        BotDestination bot => Client(http, bot.Token).Chat.PostMessage(SlackNetMessage.Of(message, bot.Channel), cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(destination), destination, "Nobody posts there yet."),
    };

    // Its own retry of a 429 would wait inside the call, and know nothing of the other instances.
    private SlackApiClient Client(HttpClient http, string token) =>
        new(Default.Http(_json, () => http), Default.UrlBuilder(_json), _json, token) { DisableRetryOnRateLimit = true };
}
