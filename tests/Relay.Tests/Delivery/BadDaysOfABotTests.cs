using Relay.Routes;
using Relay.Slack;
using Relay.Telemetry;

namespace Relay.Tests.Delivery;

/// <summary>What may come between a bot and the messages that it has posted.</summary>
public sealed class BadDaysOfABotTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly BotRoute _route = new();
    private readonly TestRelay _relay;

    public BadDaysOfABotTests() => _relay = _route.Relay;

    [Fact]
    public async Task A_crash_between_edit_and_answer_repeats_the_edit_alone()
    {
        await _route.AnnounceAsync(A.Failure("web-01"));
        await _relay.ReceiveAsync(A.Failure("web-02"));
        _relay.Blobs.BeforeCall = (call, _) => call == "renew" && _relay.Slack.Posts.Count == 2 ? throw new InvalidOperationException("A crash.") : Task.CompletedTask;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _relay.RunForAsync(_minute * 2));
        _relay.Blobs.BeforeCall = (_, _) => Task.CompletedTask;

        await _relay.Get<ResumeRoutes>().HandleAsync(CancellationToken.None);
        await _relay.RunForAsync(_minute);

        Assert.Equal(["post", "edit 1", "edit 1", "answer 1"], _route.Posts.Select(post => post[(post.IndexOf(' ') + 1)..]));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task Only_after_the_answer_it_counts_as_delivered()
    {
        await _route.AnnounceAsync(A.Failure("web-01"));
        await _relay.ReceiveAsync(A.Failure("web-02"));
        _route.Answer(BotRoute.Yes, new SlackReply(500, "rollup_error"));

        await _relay.RunForAsync(_minute * 2);

        Assert.Equal(["5 post", "65 edit 1", "66 answer 1", "67 edit 1", "68 answer 1"], _route.Posts);
        _relay.AssertIdle();
    }

    [Theory]
    [InlineData("message_not_found")]
    [InlineData("cant_update_message")]
    [InlineData("edit_window_closed")]
    [InlineData("channel_not_found")]
    [InlineData("something_new")]
    public async Task A_message_that_cannot_be_edited_gives_way_to_a_new_one(string error)
    {
        var (failure, second) = (A.Failure(), A.Failure("web-02"));
        await _route.AnnounceAsync(failure);
        await _relay.ReceiveAsync(second);
        _route.Answer(BotRoute.No(error));
        await _relay.RunForAsync(_minute * 2);
        Assert.Equal("Install nginx failed on 2 hosts", _relay.Slack.Taken[1].Attachments[0].Title);

        await _relay.ReceiveAsync(A.Recovery(failure), A.Recovery(second));
        await _relay.RunForAsync(_minute);

        Assert.Equal(["5 post", "65 edit 1", "66 post", "135 edit 3", "136 answer 3"], _route.Posts);
        Assert.DoesNotContain(_relay.Log.Lines, line => line.Id == RelayEvents.RouteDead);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task A_thread_that_takes_no_answer_gives_way_to_a_new_message()
    {
        await _route.AnnounceAsync(A.Failure("web-01"));
        await _relay.ReceiveAsync(A.Failure("web-02"));
        _route.Answer(BotRoute.Yes, BotRoute.No("thread_not_found"));

        await _relay.RunForAsync(_minute * 2);

        Assert.Equal(["5 post", "65 edit 1", "66 answer 1", "67 post"], _route.Posts);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task A_429_to_an_edit_holds_for_everything_else()
    {
        await _route.AnnounceAsync(A.Failure("web-01"));
        await _relay.ReceiveAsync(A.Failure("web-02"));
        _route.Answer(new SlackReply(429, "", "30"));
        await _relay.RunForAsync(_minute);
        await _relay.ReceiveAsync(A.Failure(task: "another"));

        await _relay.RunForAsync(_minute * 2);

        Assert.Equal([5, 65, 95, 96, 97], _relay.Slack.Posts.Select(post => BotRoute.Seconds(post.At)));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task Whether_the_bot_is_gone_a_new_message_finds_out()
    {
        await _route.AnnounceAsync(A.Failure("web-01"));
        await _relay.ReceiveAsync(A.Failure("web-02"));
        _route.Answer(BotRoute.No("account_inactive"), BotRoute.No("account_inactive"), BotRoute.No("account_inactive"), BotRoute.No("account_inactive"));

        await _relay.RunForAsync(_minute * 30);

        Assert.Equal(["5 post", "65 edit 1", "66 post", "666 edit 1", "667 post", "1267 edit 1", "1268 answer 1"], _route.Posts);
        var alarms = _relay.Log.Lines.Where(line => line.Id == RelayEvents.RouteDead).ToList();
        Assert.Equal(2, alarms.Count);
        Assert.All(alarms, alarm => Assert.Contains($"{JumpingTime.Start.AddSeconds(66)}", alarm.Text));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task A_rotated_token_goes_on_where_the_old_one_was()
    {
        await _route.AnnounceAsync(A.Failure("web-01"));
        await _relay.ReceiveAsync(A.Failure("web-02"));
        _relay.Destinations.Stored = FixedDestinations.Bot(token: "two");
        _route.Answer(BotRoute.No("token_revoked"));

        await _relay.RunForAsync(_minute * 2);

        Assert.Equal(["5 post", "65 edit 1", "66 edit 1", "67 answer 1"], _route.Posts);
        Assert.Equal(["one", "one", "two", "two"], _relay.Slack.Posts.Select(post => ((BotDestination)post.Destination).Token.Split('-')[1]));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task A_rotated_token_of_another_channel_takes_a_new_message_there()
    {
        await _route.AnnounceAsync(A.Failure("web-01"));
        await _relay.ReceiveAsync(A.Failure("web-02"));
        _relay.Destinations.Stored = FixedDestinations.Bot("#db", "two");
        _route.Answer(BotRoute.No("token_revoked"));

        await _relay.RunForAsync(_minute * 2);

        Assert.Equal(["5 post", "65 edit 1", "66 post"], _route.Posts);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task An_edit_that_Slack_cannot_read_is_plain_text_and_then_answered()
    {
        await _route.AnnounceAsync(A.Failure("web-01"));
        await _relay.ReceiveAsync(A.Failure("web-02"));
        _route.Answer(BotRoute.No("invalid_attachments"));

        await _relay.RunForAsync(_minute * 2);

        Assert.Equal(["5 post", "65 edit 1", "66 edit 1", "67 answer 1"], _route.Posts);
        Assert.Equal([1, 0, 1], _relay.Slack.Taken.Select(message => message.Attachments.Count));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task What_is_parked_leaves_the_incident_its_message()
    {
        var (failure, second) = (A.Failure(), A.Failure("web-02"));
        await _route.AnnounceAsync(failure);
        await _relay.ReceiveAsync(second);
        _route.Answer(BotRoute.No("invalid_attachments"), BotRoute.No("msg_too_long"));
        await _relay.RunForAsync(_minute * 2);
        Assert.Single(_relay.Blobs.Names, name => name.StartsWith("parked/incidents/default/", StringComparison.Ordinal));

        await _relay.ReceiveAsync(A.Recovery(failure), A.Recovery(second));
        await _relay.RunForAsync(_minute);

        Assert.Equal(["135 edit 1", "136 answer 1"], _route.Posts.TakeLast(2));
    }
}
