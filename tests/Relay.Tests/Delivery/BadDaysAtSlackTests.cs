using Relay.Delivery;
using Relay.Slack;
using Relay.Telemetry;

namespace Relay.Tests.Delivery;

/// <summary>Bad days at Slack, seen from the queue.</summary>
public sealed class BadDaysAtSlackTests
{
    private readonly TestRelay _relay = new();

    [Fact]
    public async Task A_429_is_waited_out_as_long_as_Slack_says()
    {
        _relay.Slack.Replies.Enqueue(new SlackReply(429, "", "30"));
        await _relay.ReceiveAsync(A.Failure());

        await _relay.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal([5, 35], Seconds());
    }

    [Fact]
    public async Task A_429_holds_for_whoever_fails_meanwhile()
    {
        _relay.Slack.Replies.Enqueue(new SlackReply(429, "", "50"));
        await _relay.ReceiveAsync(A.Failure());
        await _relay.RunForAsync(TimeSpan.FromSeconds(10));
        await _relay.ReceiveAsync(A.Failure(task: "another"));

        await _relay.RunForAsync(TimeSpan.FromMinutes(2));

        Assert.Equal([5, 55], Seconds());
        Assert.Equal(2, Assert.Single(_relay.Slack.Taken).Attachments.Count);
    }

    [Fact]
    public async Task An_outage_is_outlasted_with_growing_pauses()
    {
        for (var n = 0; n < 8; n++)
        {
            _relay.Slack.Replies.Enqueue(new SlackReply(500, "rollup_error"));
        }

        await _relay.ReceiveAsync(A.Failure());

        await _relay.RunForAsync(TimeSpan.FromMinutes(10));

        Assert.Single(_relay.Slack.Taken);
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Seconds().Zip(Seconds().Skip(1), (one, next) => next - one));
    }

    [Fact]
    public async Task News_that_no_notification_has_named_do_not_grow_stale()
    {
        for (var n = 0; n < 180; n++)
        {
            _relay.Slack.Replies.Enqueue(new SlackReply(404, "no_service"));
        }

        await _relay.ReceiveAsync(A.Failure());

        await _relay.RunForAsync(TimeSpan.FromHours(32));

        Assert.Single(_relay.Slack.Taken);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task A_destination_that_is_gone_is_tried_every_ten_minutes_and_nothing_is_lost()
    {
        _relay.Slack.Replies.Enqueue(new SlackReply(404, "no_service"));
        _relay.Slack.Replies.Enqueue(new SlackReply(410, "channel_is_archived"));
        await _relay.ReceiveAsync(A.Failure());

        await _relay.RunForAsync(TimeSpan.FromMinutes(30));

        Assert.Equal([5, 605, 1205], Seconds());
        Assert.Single(_relay.Slack.Taken);
    }

    [Fact]
    public async Task A_rotated_secret_takes_effect_at_once()
    {
        _relay.Destinations.Stored = FixedDestinations.Webhook("two");
        _relay.Slack.Replies.Enqueue(new SlackReply(404, "no_service"));
        await _relay.ReceiveAsync(A.Failure());

        await _relay.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal([FixedDestinations.Webhook("one"), FixedDestinations.Webhook("two")], _relay.Slack.Posts.Select(post => post.Destination));
        Assert.Equal([5, 6], Seconds());
        Assert.Single(_relay.Slack.Taken);
        Assert.DoesNotContain(_relay.Log.Lines, line => line.Id == RelayEvents.RouteDead);
    }

    [Fact]
    public async Task A_rotated_secret_is_not_used_by_who_has_lost_the_turn_meanwhile()
    {
        _relay.Destinations.Stored = FixedDestinations.Webhook("two");
        _relay.Slack.Replies.Enqueue(new SlackReply(404, "no_service"));
        _relay.Slack.BeforeReply = async () =>
        {
            _relay.Slack.BeforeReply = () => Task.CompletedTask;
            _relay.Time.Advance(RouteLease.Duration * 2);
            await _relay.Blobs.AcquireLeaseAsync("routes/default", RouteLease.Duration, CancellationToken.None);
        };
        await _relay.ReceiveAsync(A.Failure());

        await _relay.RunForAsync(TimeSpan.FromSeconds(10));

        Assert.Equal([FixedDestinations.Webhook("one")], _relay.Slack.Posts.Select(post => post.Destination));
    }

    [Fact]
    public async Task Without_a_secret_delivery_waits_until_there_is_one()
    {
        _relay.Destinations.Cached = null;
        await _relay.ReceiveAsync(A.Failure());
        await _relay.RunForAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(_relay.Slack.Posts);

        _relay.Destinations.Cached = _relay.Destinations.Stored;
        await _relay.RunForAsync(TimeSpan.FromMinutes(2));

        Assert.Single(_relay.Slack.Taken);
    }

    [Fact]
    public async Task A_message_that_Slack_cannot_read_is_posted_as_plain_text()
    {
        _relay.Slack.Replies.Enqueue(new SlackReply(400, "invalid_attachments"));
        await _relay.ReceiveAsync(A.Failure());

        await _relay.RunForAsync(TimeSpan.FromMinutes(1));

        var plain = Assert.Single(_relay.Slack.Taken);
        Assert.Empty(plain.Attachments);
        Assert.Contains("web-01", plain.Text);
        Assert.Equal([5, 6], Seconds());
    }

    [Fact]
    public async Task Of_several_incidents_only_the_one_that_Slack_cannot_read_is_parked()
    {
        foreach (var error in new[] { "invalid_attachments", "invalid_attachments", "invalid_payload" })
        {
            _relay.Slack.Replies.Enqueue(new SlackReply(400, error));
        }

        await _relay.ReceiveAsync(A.Failure(task: "one"), A.Failure(task: "two"), A.Failure(task: "three"));

        await _relay.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(2, _relay.Slack.Taken.Count);
        Assert.Single(_relay.Blobs.Names, name => name.StartsWith("parked/incidents/default/", StringComparison.Ordinal));
        Assert.Equal([5, 6, 7, 8, 9], Seconds().Select(second => Math.Round(second, 3)));
    }

    [Fact]
    public async Task What_is_no_answer_of_Slack_is_tried_again()
    {
        _relay.Slack.Replies.Enqueue(new SlackReply(400, "<html>Bad Request</html>"));
        _relay.Slack.Replies.Enqueue(new SlackReply(200, "<html>Sign in</html>"));
        await _relay.ReceiveAsync(A.Failure());

        await _relay.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(3, _relay.Slack.Posts.Count);
        Assert.DoesNotContain(_relay.Blobs.Names, name => name.StartsWith("parked/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_that_Slack_cannot_read_at_all_is_parked()
    {
        _relay.Slack.Replies.Enqueue(new SlackReply(400, "invalid_attachments"));
        _relay.Slack.Replies.Enqueue(new SlackReply(400, "invalid_payload"));
        await _relay.ReceiveAsync(A.Failure());

        await _relay.RunForAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(2, _relay.Slack.Posts.Count);
        var parked = Assert.Single(_relay.Blobs.Blobs, blob => blob.Name.StartsWith("parked/incidents/default/", StringComparison.Ordinal));
        Assert.Contains("No package matching", parked.Content);
        Assert.Contains("web-01", parked.Content);
    }

    private IEnumerable<double> Seconds() => _relay.Slack.Posts.Select(post => (post.At - JumpingTime.Start).TotalSeconds);
}
