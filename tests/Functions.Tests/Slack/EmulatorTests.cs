using System.Text.Json;
using Functions.Slack;
using Local.Slack;
using Local.Tests.Slack;
using Local.Tests.SlackEmulator;
using Microsoft.Extensions.Time.Testing;
using Relay.Incidents;
using Relay.Routes;
using Relay.Slack;

namespace Functions.Tests.Slack;

/// <summary>Both clients get the same from a Slack that listens on a socket.</summary>
public sealed class EmulatorTests : IAsyncLifetime
{
    private static readonly SlackMessage Message = new() { Text = "hello" };

    private readonly FakeTimeProvider _time = new();

    // Set before any test runs.
    private RunningEmulator _emulator = null!;

    public static TheoryData<string, string?, string> Faults => new()
    {
        { "webhook", null, "200 ok" },
        { "webhook", """{"mode":"status","status":500,"body":"rollup_error"}""", "500 rollup_error" },
        { "webhook", """{"mode":"status","status":404,"body":"no_service"}""", "404 no_service" },
        { "webhook", """{"mode":"status","status":429,"body":"rate_limited"}""", "429 rate_limited" },
        { "bot", """{"mode":"status","status":503,"body":"unavailable"}""", "503 unavailable" },
        { "edit", null, """200 {"ok":true,"channel":"C6F7073","ts":"946684800.000000"}""" },
        { "edit", """{"mode":"status","status":503,"body":"unavailable"}""", "503 unavailable" },
        { "edit of nothing", null, """200 {"ok":false,"error":"message_not_found"}""" },
        { "answer to nothing", null, """200 {"ok":false,"error":"thread_not_found"}""" },
    };

    private Uri Address => _emulator.Client.BaseAddress!; // Every emulator has one.

    public async ValueTask InitializeAsync() => _emulator = await RunningEmulator.StartAsync(_time);

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task The_same_reply_comes_from_both_clients(string post, string? fault, string expected)
    {
        using var network = new Rerouted(Address);
        using var http = new HttpClient();
        var posted = PostedBy(await PostAsync(new SlackNetClient(network, TimeProvider.System), TestDestinations.Bot, Message));
        var (destination, message) = post switch
        {
            "webhook" => (TestDestinations.Parse($"{Address}slack/services/T1/web/none"), Message),
            "bot" => (TestDestinations.Bot, Message),
            "edit" => (TestDestinations.Bot, Message with { Edits = posted }),
            "edit of nothing" => (TestDestinations.Bot, Message with { Edits = posted with { Ts = "1.000000" } }),
            _ => (TestDestinations.Bot, Message with { Answers = posted with { Ts = "1.000000" } }),
        };

        foreach (var client in new ISlackClient[] { new HttpSlackClient(http, _ => new Uri(Address, "/slack/api/"), TimeProvider.System), new SlackNetClient(network, TimeProvider.System) })
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            if (fault is not null)
            {
                await _emulator.AskAsync(HttpMethod.Put, "/slack/faults", fault);
            }

            var reply = await PostAsync(client, destination, message);

            Assert.Equal(expected, $"{reply.Status} {reply.Body}");
        }
    }

    [Fact]
    public async Task The_limit_of_a_destination_is_told_and_not_waited_for()
    {
        using var handler = SlackNetwork.CreateHandler();
        var client = new SlackNetClient(handler, TimeProvider.System);
        var destination = TestDestinations.Parse($"{Address}slack/services/T1/web/none");

        var first = await PostAsync(client, destination, Message);
        var second = await PostAsync(client, destination, Message);

        Assert.Equal((200, 429), (first.Status, second.Status));
        Assert.NotNull(second.RetryAfter);
    }

    [Fact]
    public async Task A_bots_message_is_edited_and_answered()
    {
        using var network = new Rerouted(Address);
        var client = new SlackNetClient(network, TimeProvider.System);

        var posted = PostedBy(await PostAsync(client, TestDestinations.Bot, Message));
        await PostAsync(client, TestDestinations.Bot, Message with { Text = "goodbye", Edits = posted });
        _time.Advance(TimeSpan.FromSeconds(1));
        await PostAsync(client, TestDestinations.Bot, Message with { Text = "yes?", Answers = posted });

        var messages = JsonElement.Parse((await _emulator.AskAsync(HttpMethod.Get, "/slack/messages")).Body).EnumerateArray();
        Assert.Equal(
            [("goodbye", null), ("yes?", posted.Ts)],
            messages.Select(message => (message.GetProperty("payload").GetProperty("text").GetString(), message.GetProperty("threadTs").GetString())));
    }

    private static Task<SlackReply> PostAsync(ISlackClient client, Destination destination, SlackMessage message) =>
        client.PostAsync(destination, message, TestContext.Current.CancellationToken);

    private static PostedMessage PostedBy(SlackReply reply)
    {
        var body = JsonElement.Parse(reply.Body);
        return new("#ops", $"{body.GetProperty("channel")}", $"{body.GetProperty("ts")}");
    }

    /// <summary>Takes what SlackNet sends to Slack's Web API, whose address it does not let anybody choose, to the emulator.</summary>
    private sealed class Rerouted(Uri emulator) : DelegatingHandler(SlackNetwork.CreateHandler())
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
