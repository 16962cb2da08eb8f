using System.Collections.Concurrent;
using System.Diagnostics;
using Functions.Slack;
using Local.Tests.Slack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Relay.Slack;

namespace Functions.Tests.Slack;

public sealed class SlackNetClientTests
{
    private static readonly SlackMessage Message = new() { Text = "hello" };
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reply_that_takes_too_long_is_none()
    {
        using var handler = new RecordingHandler(NeverAnswerAsync);

        var posting = new SlackNetClient(handler, _time).PostAsync(TestDestinations.Webhook, Message, Cancellation);
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
        using var caller = new CancellationTokenSource();

        var posting = new SlackNetClient(handler, _time).PostAsync(TestDestinations.Bot, Message, caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => posting);
    }

    [Fact]
    public async Task Posts_at_the_same_time_get_each_its_own_reply()
    {
        var answers = new ConcurrentQueue<TaskCompletionSource<HttpResponseMessage>>([new(), new()]);
        var waiting = answers.ToArray();
        using var handler = new RecordingHandler(_ => answers.TryDequeue(out var answer) ? answer.Task : throw new InvalidOperationException("Too many."));
        var client = new SlackNetClient(handler, _time);

        var first = client.PostAsync(TestDestinations.Webhook, Message, Cancellation);
        var second = client.PostAsync(TestDestinations.Webhook, Message, Cancellation);
        waiting[1].SetResult(new() { Content = new StringContent("two") });
        waiting[0].SetResult(new() { Content = new StringContent("one") });

        Assert.Equal(("one", "two"), ((await first).Body, (await second).Body));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var server = await StartAsync();
        using var handler = SlackNetClient.CreateHandler();

        var reply = await new SlackNetClient(handler, _time).PostAsync(TestDestinations.Parse($"{server.Urls.Single()}/hook"), Message, Cancellation);

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
        using var handler = SlackNetClient.CreateHandler();

        await new SlackNetClient(handler, _time).PostAsync(TestDestinations.Parse($"{server.Urls.Single()}/hook"), Message, Cancellation);

        Assert.DoesNotContain($"{server.Urls.Single()}/hook", traced.Select(activity => $"{activity.GetTagItem("url.full")}"));
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

    private static async Task<HttpResponseMessage> NeverAnswerAsync(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        throw new InvalidOperationException("The wait has no end but cancellation.");
    }
}
