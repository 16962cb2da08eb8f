using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Relay.Slack;

namespace Local.Tests.Slack;

/// <summary>What every Slack client is held to, whatever library it posts with.</summary>
public abstract class ConformanceTests
{
    private static readonly SlackMessage Message = new() { Text = "hello" };

    public static MatrixTheoryData<string, string> Replies => new([.. ConformancePosts.Names], [.. ConformanceReplies.Names]);

    private protected FakeTimeProvider Time { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task What_came_is_handed_on(string post, string name)
    {
        var (destination, message) = ConformancePosts.Of(post);
        var expected = ConformanceReplies.Of(name);
        using var handler = new RecordingHandler(_ => Task.FromResult(expected.Send()));

        var reply = await Over(handler).PostAsync(destination, message, Cancellation);

        Assert.Equal(expected.Reply, reply);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_reply_that_takes_too_long_is_none()
    {
        using var handler = new RecordingHandler(NeverAnswerAsync);

        var posting = Over(handler).PostAsync(TestDestinations.Webhook, Message, Cancellation);
        Time.Advance(TimeSpan.FromSeconds(9));
        var early = posting.IsCompleted;
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(early);
        Assert.Equal(new SlackReply(null, "no reply within 10 seconds") { MayHaveArrived = true }, await posting);
    }

    [Fact]
    public async Task Only_the_callers_cancellation_throws()
    {
        using var handler = new RecordingHandler(NeverAnswerAsync);
        using var caller = new CancellationTokenSource();

        var posting = Over(handler).PostAsync(TestDestinations.Bot, Message, caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => posting);
    }

    [Fact]
    public async Task Posts_at_the_same_time_get_each_its_own_reply()
    {
        TaskCompletionSource<HttpResponseMessage>[] waiting = [new(), new()];
        var answers = new ConcurrentQueue<TaskCompletionSource<HttpResponseMessage>>(waiting);
        using var handler = new RecordingHandler(_ => answers.TryDequeue(out var answer) ? answer.Task : throw new InvalidOperationException("Too many."));
        var client = Over(handler);

        var first = client.PostAsync(TestDestinations.Webhook, Message, Cancellation);
        var second = client.PostAsync(TestDestinations.Webhook, Message, Cancellation);
        waiting[1].SetResult(new() { Content = new StringContent("two") });
        waiting[0].SetResult(new() { Content = new StringContent("one") });

        Assert.Equal(("one", "two"), ((await first).Body, (await second).Body));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var server = await StartAsync(status);
        using var handler = SlackNetwork.CreateHandler();

        var reply = await Over(handler).PostAsync(TestDestinations.Parse($"{server.Urls.Single()}/hook"), Message, Cancellation);

        Assert.Equal(status, reply.Status);
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
        using var ours = SlackNetwork.CreateHandler();

        await Over(ordinary).PostAsync(TestDestinations.Parse($"{server.Urls.Single()}/traced"), Message, Cancellation);
        await Over(ours).PostAsync(TestDestinations.Parse($"{server.Urls.Single()}/hook"), Message, Cancellation);

        var addresses = traced.Select(activity => $"{activity.GetTagItem("url.full")}").ToList();
        Assert.Contains($"{server.Urls.Single()}/traced", addresses);
        Assert.DoesNotContain($"{server.Urls.Single()}/hook", addresses);
    }

    /// <summary>The client over a network of the test's.</summary>
    private protected abstract ISlackClient Over(HttpMessageHandler network);

    private static async Task<WebApplication> StartAsync(int status = 200)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.MapPost("/hook", (HttpResponse response) =>
        {
            response.StatusCode = status;
            response.Headers.Location = "/elsewhere";
        });
        server.Map("/elsewhere", () => "ok");
        await server.StartAsync(Cancellation);
        return server;
    }

    private static async Task<HttpResponseMessage> NeverAnswerAsync(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        throw new InvalidOperationException("The wait has no end but cancellation.");
    }
}
