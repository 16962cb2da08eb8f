using Local.Slack;
using Relay.Routes;
using Relay.Slack;

namespace Local.Tests.Slack;

public sealed class HttpSlackClientTests
{
    public static TheoryData<string> Posts => [.. ConformancePosts.Names];

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task Slack_gets_the_payload_of_the_relay(string post)
    {
        var (destination, message) = ConformancePosts.Of(post);

        var sent = await PostAsync(destination, message);

        Assert.Equal((HttpMethod.Post, "application/json; charset=utf-8"), (sent.Method, sent.ContentType));
        Assert.Equal(SlackPayload.Json(destination, message), sent.Body);
    }

    [Fact]
    public async Task A_webhook_gets_no_token()
    {
        var sent = await PostAsync(TestDestinations.Webhook, new SlackMessage());

        Assert.Equal((TestDestinations.WebhookUrl, null), (sent.Url?.AbsoluteUri, sent.Authorization));
    }

    [Theory]
    [InlineData("to a bot's channel", "https://slack.com/api/", "https://slack.com/api/chat.postMessage")]
    [InlineData("an answer", "http://127.0.0.1:7071/slack/api", "http://127.0.0.1:7071/slack/api/chat.postMessage")]
    [InlineData("an edit", "http://127.0.0.1:7071/slack/api", "http://127.0.0.1:7071/slack/api/chat.update")]
    public async Task A_bot_posts_and_edits_with_its_token_where_that_is_known(string post, string api, string expected)
    {
        var (destination, message) = ConformancePosts.Of(post);

        var sent = await PostAsync(destination, message, bot => ReferenceEquals(bot, destination) ? new Uri(api) : HttpSlackClient.SlackApi);

        Assert.Equal((expected, $"Bearer {TestDestinations.Token}"), (sent.Url?.AbsoluteUri, sent.Authorization?.ToString()));
    }

    private static async Task<RecordingHandler.Sent> PostAsync(Destination destination, SlackMessage message, Func<BotDestination, Uri>? apiOf = null)
    {
        using var handler = new RecordingHandler(new HttpResponseMessage { Content = new StringContent("ok") });
        using var http = new HttpClient(handler, disposeHandler: false);
        await new HttpSlackClient(http, apiOf ?? (_ => HttpSlackClient.SlackApi), TimeProvider.System)
            .PostAsync(destination, message, TestContext.Current.CancellationToken);
        return Assert.Single(handler.Requests);
    }
}
