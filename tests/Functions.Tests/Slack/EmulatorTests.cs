using Functions.Slack;
using Local.Slack;
using Local.Tests.SlackEmulator;
using Microsoft.Extensions.Time.Testing;
using Relay.Slack;

namespace Functions.Tests.Slack;

/// <summary>Both clients get the same from a Slack that listens on a socket.</summary>
public sealed class EmulatorTests
{
    private static readonly SlackMessage Message = new() { Text = "hello" };
    private readonly FakeTimeProvider _time = new();

    public static TheoryData<string, string> Faults => new()
    {
        { "none", "none" },
        { "webhook", """{"mode":"status","status":500,"body":"rollup_error"}""" },
        { "webhook", """{"mode":"status","status":404,"body":"no_service"}""" },
        { "webhook", """{"mode":"status","status":429,"body":"rate_limited"}""" },
        { "bot", """{"mode":"status","status":503,"body":"unavailable"}""" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task The_same_reply_comes_from_both_clients(string kind, string fault)
    {
        await using var emulator = await RunningEmulator.StartAsync(_time);
        var (http, apiBase) = (new HttpSlackClient(new HttpClient(), new Uri(emulator.Client.BaseAddress!, "/slack/api/"), TimeProvider.System), emulator.Client.BaseAddress!);
        using var handler = new Rerouted(apiBase);
        var slackNet = new SlackNetClient(handler, TimeProvider.System);
        var destination = kind == "bot" ? TestDestinations.Bot : TestDestinations.Parse($"{apiBase}slack/services/T1/web/none");

        var replies = new List<SlackReply>();
        foreach (var client in new ISlackClient[] { http, slackNet })
        {
            if (fault != "none")
            {
                await emulator.AskAsync(HttpMethod.Put, "/slack/faults", fault);
            }

            replies.Add(await client.PostAsync(destination, Message, TestContext.Current.CancellationToken));
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(replies[0], replies[1]);
        Assert.Equal(fault == "none" ? 200 : int.Parse(fault.AsSpan(fault.IndexOf("\"status\":", 2, StringComparison.Ordinal) + 9, 3)), replies[1].Status);
    }

    [Fact]
    public async Task The_limit_of_a_destination_is_told_and_not_waited_for()
    {
        await using var emulator = await RunningEmulator.StartAsync(_time);
        using var handler = SlackNetClient.CreateHandler();
        var client = new SlackNetClient(handler, TimeProvider.System);
        var destination = TestDestinations.Parse($"{emulator.Client.BaseAddress}slack/services/T1/web/none");

        var first = await client.PostAsync(destination, Message, TestContext.Current.CancellationToken);
        var second = await client.PostAsync(destination, Message, TestContext.Current.CancellationToken);

        Assert.Equal((200, 429), (first.Status, second.Status));
        Assert.NotNull(second.RetryAfter);
    }

    [Fact]
    public async Task A_bots_message_gets_its_name()
    {
        await using var emulator = await RunningEmulator.StartAsync(_time);
        using var handler = new Rerouted(emulator.Client.BaseAddress!);

        var reply = await new SlackNetClient(handler, TimeProvider.System).PostAsync(TestDestinations.Bot, Message, TestContext.Current.CancellationToken);

        Assert.Contains("\"ts\":", reply.Body, StringComparison.Ordinal);
    }

    /// <summary>Takes what SlackNet sends to Slack's Web API, whose address it does not let anybody choose, to the emulator.</summary>
    private sealed class Rerouted(Uri emulator) : DelegatingHandler(SlackNetClient.CreateHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri is { Host: "slack.com" } url)
            {
                request.RequestUri = new Uri(emulator, $"/slack{url.AbsolutePath}");
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
