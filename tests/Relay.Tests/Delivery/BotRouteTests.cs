using Relay.Incidents;
using Relay.Routes;

namespace Relay.Tests.Delivery;

/// <summary>A route whose secret is a bot's token: each incident has one message, which is edited in place and answered in its thread.</summary>
public sealed class BotRouteTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly BotRoute _route = new();
    private readonly TestRelay _relay;

    public BotRouteTests() => _relay = _route.Relay;

    public static TheoryData<Destination, Destination, string[]> Changes => new()
    {
        { FixedDestinations.Webhook("one"), FixedDestinations.Bot(), ["5 post", "65 post", "135 edit 2", "136 answer 2"] },
        { FixedDestinations.Bot(), FixedDestinations.Bot("#db"), ["5 post", "65 post", "135 edit 2", "136 answer 2"] },
        { FixedDestinations.Bot(), FixedDestinations.Webhook("one"), ["5 post", "65 post", "135 post"] },
    };

    [Fact]
    public async Task Each_incident_has_a_message_of_its_own()
    {
        await _relay.ReceiveAsync(A.Failure(task: "one"), A.Failure(task: "two"), A.Failure(task: "three"));

        await _relay.RunForAsync(_minute);

        Assert.Equal(["5 post", "6 post", "7 post"], _route.Posts);
        Assert.All(_relay.Slack.Taken, message => Assert.Single(message.Attachments));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task Hosts_that_join_are_shown_by_an_edit_and_named_by_an_answer()
    {
        await _route.AnnounceAsync(A.Failure("web-01"));
        await _relay.ReceiveAsync(A.Failure("web-02"), A.Failure("web-03"));

        await _relay.RunForAsync(_minute * 2);

        Assert.Equal(["5 post", "65 edit 1", "66 answer 1"], _route.Posts);
        Assert.Equal(
            ["Install nginx failed on web-01", "Install nginx failed on 3 hosts", "Install nginx failed on 2 more hosts (3 in all)"],
            _relay.Slack.Taken.Select(message => message.Attachments[0].Title));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task What_goes_on_is_said_in_the_thread()
    {
        await _route.AnnounceAsync(A.Failure());
        _relay.Time.Advance(TestRelay.Policy.RepeatInterval);
        await _relay.ReceiveAsync(A.Failure());

        await _relay.RunForAsync(_minute);

        Assert.Equal(["post", "edit 1", "answer 1"], _route.Posts.Select(post => post[(post.IndexOf(' ') + 1)..]));
        Assert.Equal("Install nginx still fails on web-01", _relay.Slack.Taken[2].Attachments[0].Title);
    }

    [Fact]
    public async Task A_message_that_turns_green_still_says_what_was_broken()
    {
        var failure = A.Failure();
        await _route.AnnounceAsync(failure);
        await _relay.ReceiveAsync(A.Recovery(failure));

        await _relay.RunForAsync(_minute);

        Assert.Equal(["5 post", "15 edit 1", "16 answer 1"], _route.Posts);
        var (before, after) = (_relay.Slack.Taken[0].Attachments[0], _relay.Slack.Taken[1].Attachments[0]);
        Assert.Equal("Install nginx is fixed on web-01", after.Title);
        Assert.Equal(before.Text?.Split('\n')[0], after.Text?.Split('\n')[0]);
        Assert.NotEqual(before.Color, after.Color);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task No_two_calls_leave_within_a_second()
    {
        var tasks = Enumerable.Range('a', 25).Select(letter => $"task {(char)letter}").ToList();
        await _route.AnnounceAsync([.. tasks.Select(task => A.Failure("web-01", task))]);
        await _relay.RunForAsync(_minute);
        await _relay.ReceiveAsync([.. tasks.Select(task => A.Failure("web-02", task))]);

        await _relay.RunForAsync(_minute * 4);

        Assert.Equal(25 * 3, _relay.Slack.Taken.Count);
        Assert.Equal(25, _relay.Slack.Taken.Select(message => message.Answers).OfType<PostedMessage>().Distinct().Count());
        Assert.All(
            _relay.Slack.Posts.Zip(_relay.Slack.Posts.Skip(1), (one, next) => next.At - one.At),
            gap => Assert.True(gap >= TimeSpan.FromSeconds(1), $"{gap}"));
        _relay.AssertIdle();
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_route_that_leads_elsewhere_since_the_last_word_says_the_next_one_there(Destination before, Destination after, string[] expected)
    {
        _route.Lead(before);
        var (failure, second) = (A.Failure(), A.Failure("web-02"));
        await _route.AnnounceAsync(failure);
        _route.Lead(after);
        await _relay.ReceiveAsync(second);
        await _relay.RunForAsync(_minute * 2);

        await _relay.ReceiveAsync(A.Recovery(failure), A.Recovery(second));
        await _relay.RunForAsync(_minute);

        Assert.Equal(expected, _route.Posts);
        _relay.AssertIdle();
    }
}
