using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Local.Slack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Relay.Slack;
using Xunit;

namespace Local.Tests.Slack;

public sealed class HttpSlackClientTests
{
    private const string Token = "xo" + "xb-1-2-none";
    private static readonly Destination Webhook = Parse("http://127.0.0.1:7071/services/" + "T000/B000/none");
    private static readonly Destination Bot = Parse(Token);
    private static readonly SlackMessage Message = new() { Text = "hello" };

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_gets_the_payload_and_no_token()
    {
        using var handler = new RecordingHandler(Answer(HttpStatusCode.OK, "ok"));

        var reply = await PostAsync(handler, Webhook);

        Assert.Equal(new SlackReply(200, "ok"), reply);
        var sent = Assert.Single(handler.Requests);
        Assert.Equal(
            (HttpMethod.Post, "http://127.0.0.1:7071/services/T000/B000/none", null, "application/json; charset=utf-8"),
            (sent.Method, sent.Url?.AbsoluteUri, sent.Authorization, sent.ContentType));
        Assert.Equal(SlackPayload.Json(Webhook, Message), sent.Body);
    }

    [Theory]
    [InlineData("https://slack.com/api/", "https://slack.com/api/chat.postMessage")]
    [InlineData("http://127.0.0.1:7071/slack/api", "http://127.0.0.1:7071/slack/api/chat.postMessage")]
    public async Task A_bot_posts_to_its_channel_with_its_token(string apiBase, string expected)
    {
        using var handler = new RecordingHandler(Answer(HttpStatusCode.OK, """{"ok":true}"""));

        await PostAsync(handler, Bot, apiBase);

        var sent = Assert.Single(handler.Requests);
        Assert.Equal((expected, $"Bearer {Token}"), (sent.Url?.AbsoluteUri, sent.Authorization?.ToString()));
        Assert.Equal(SlackPayload.Json(Bot, Message), sent.Body);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("soon, or later")]
    [InlineData("Sun, 22 Nov 2026 10:00:20 GMT")]
    public async Task The_reply_is_handed_on_as_it_came(string retryAfter)
    {
        var answer = Answer(HttpStatusCode.TooManyRequests, "rate_limited");
        answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        using var handler = new RecordingHandler(answer);

        Assert.Equal(new SlackReply(429, "rate_limited", retryAfter), await PostAsync(handler, Webhook));
    }

    [Fact]
    public async Task No_more_of_the_body_is_read_than_could_matter()
    {
        using var handler = new RecordingHandler(Answer(HttpStatusCode.OK, new string('x', 1_000_000)));

        Assert.Equal(64 * 1024, (await PostAsync(handler, Webhook)).Body.Length);
    }

    [Fact]
    public async Task A_network_failure_is_a_reply_without_the_address()
    {
        using var handler = new RecordingHandler(
            _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "http://127.0.0.1/services/T000/B000/none"));

        Assert.Equal(new SlackReply(null, "network: ConnectionError"), await PostAsync(handler, Webhook));
    }

    [Fact]
    public async Task A_reply_that_breaks_off_is_none()
    {
        using var stream = new BrokenStream();
        using var handler = new RecordingHandler(new HttpResponseMessage { Content = new StreamContent(stream) });

        Assert.Null((await PostAsync(handler, Webhook)).Status);
    }

    [Fact]
    public async Task A_reply_that_takes_too_long_is_none()
    {
        using var handler = new RecordingHandler(NeverAnswerAsync);

        var posting = PostAsync(handler, Webhook);
        _time.Advance(TimeSpan.FromSeconds(9));
        var early = posting.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(early);
        Assert.Equal(new SlackReply(null, "no reply within 10 seconds"), await posting);
    }

    [Fact]
    public async Task Only_the_callers_cancellation_throws()
    {
        using var handler = new RecordingHandler(NeverAnswerAsync);
        using var http = new HttpClient(handler);
        using var caller = new CancellationTokenSource();

        var posting = new HttpSlackClient(http, HttpSlackClient.SlackApi, _time).PostAsync(Webhook, Message, caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => posting);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var server = await StartAsync();
        using var handler = HttpSlackClient.CreateHandler();

        var reply = await PostAsync(handler, Parse($"{server.Urls.Single()}/hook"));

        Assert.Equal(307, reply.Status);
    }

    [Fact]
    public async Task No_trace_is_made_that_would_record_the_address()
    {
        var traced = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = traced.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var server = await StartAsync();
        using var ordinary = new SocketsHttpHandler();
        using var ours = HttpSlackClient.CreateHandler();

        await PostAsync(ordinary, Parse($"{server.Urls.Single()}/traced"));
        await PostAsync(ours, Parse($"{server.Urls.Single()}/hook"));

        var addresses = traced.Select(activity => $"{activity.GetTagItem("url.full")}").ToList();
        Assert.Contains($"{server.Urls.Single()}/traced", addresses);
        Assert.DoesNotContain($"{server.Urls.Single()}/hook", addresses);
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.MapPost("/hook", () => Results.Redirect("/elsewhere", preserveMethod: true));
        server.MapPost("/elsewhere", () => "ok");
        await server.StartAsync(Cancellation);
        return server;
    }

    private async Task<SlackReply> PostAsync(HttpMessageHandler handler, Destination destination, string apiBase = "https://slack.com/api/")
    {
        using var http = new HttpClient(handler, disposeHandler: false);
        return await new HttpSlackClient(http, new Uri(apiBase), _time).PostAsync(destination, Message, Cancellation);
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };

    private static async Task<HttpResponseMessage> NeverAnswerAsync(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        throw new InvalidOperationException("The wait has no end but cancellation.");
    }

    private static Destination Parse(string secret) =>
        Destination.TryParse(secret, "#ops", AllowedHosts.SlackAndLoopback, out var destination, out var problem)
            ? destination
            : throw new ArgumentException(problem, nameof(secret));
}
