namespace Relay.Tests.Delivery;

/// <summary>Which news share a message, and when it leaves.</summary>
public sealed class GroupedNewsTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly TestRelay _relay = new();

    [Fact]
    public async Task One_failure_is_one_message_five_seconds_later()
    {
        await _relay.ReceiveAsync(A.Failure());

        await _relay.RunForAsync(_minute);

        var (at, _, message) = Assert.Single(_relay.Slack.Posts);
        Assert.Equal(JumpingTime.Start.AddSeconds(5), at);
        Assert.Contains("web-01", Assert.Single(message.Attachments).Title);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task Two_hundred_hosts_that_fail_alike_are_one_attachment()
    {
        await _relay.ReceiveAsync([.. Enumerable.Range(1, 200).Select(n => A.Failure($"web-{n:000}"))]);

        await _relay.RunForAsync(_minute);

        Assert.Contains("200 hosts", Assert.Single(Assert.Single(_relay.Slack.Taken).Attachments).Title);
    }

    [Fact]
    public async Task Different_failures_share_a_message()
    {
        await _relay.ReceiveAsync(A.Failure(task: "one"), A.Failure(task: "two"), A.Failure(task: "three"));

        await _relay.RunForAsync(_minute);

        Assert.Equal(3, Assert.Single(_relay.Slack.Taken).Attachments.Count);
    }

    [Fact]
    public async Task Hosts_that_join_late_are_an_update_a_minute_later()
    {
        await _relay.ReceiveAsync(A.Failure("web-01"));
        await _relay.RunForAsync(TimeSpan.FromSeconds(10));
        await _relay.ReceiveAsync(A.Failure("web-02"), A.Failure("web-03"));

        await _relay.RunForAsync(_minute * 2);

        Assert.Equal(2, _relay.Slack.Posts.Count);
        Assert.Equal(JumpingTime.Start.AddSeconds(65), _relay.Slack.Posts[1].At);
        Assert.Contains("3", _relay.Slack.Taken[1].Attachments[0].Title);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task A_recovery_that_comes_late_makes_no_news_of_what_was_delivered()
    {
        var failure = A.Failure("web-01");
        await _relay.ReceiveAsync(failure);
        await _relay.RunForAsync(TimeSpan.FromSeconds(10));
        await _relay.ReceiveAsync(A.Recovery(failure));
        var late = _relay.Queue.Receive() ?? "";
        await _relay.RunForAsync(TimeSpan.FromSeconds(10));
        await _relay.ReceiveAsync(A.Failure("web-01"), A.Failure("web-02"));
        await _relay.RunForAsync(_minute * 2);

        await _relay.Get<HandleMessage>().HandleAsync(late, CancellationToken.None);
        await _relay.RunForAsync(_minute * 2);

        Assert.Equal(2, _relay.Slack.Taken.Count);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task A_new_failure_does_not_wait_for_another_ones_update()
    {
        await _relay.ReceiveAsync(A.Failure("web-01"));
        await _relay.RunForAsync(TimeSpan.FromSeconds(10));
        await _relay.ReceiveAsync(A.Failure("web-02"));
        await _relay.RunForAsync(TimeSpan.FromSeconds(10));
        await _relay.ReceiveAsync(A.Failure(task: "something else"));

        await _relay.RunForAsync(_minute * 2);

        Assert.Equal([5, 25, 65], _relay.Slack.Posts.Select(post => (post.At - JumpingTime.Start).TotalSeconds));
    }

    [Fact]
    public async Task Hosts_that_go_on_failing_do_not_put_off_what_is_due()
    {
        // A queue that delivers late, and an events message handled just before each flush.
        for (var host = 0; host < 20; host++)
        {
            await _relay.ReceiveAsync(A.Failure($"web-{host}"));
            await _relay.HandleNextAsync();
            _relay.Time.Advance(TimeSpan.FromSeconds(1));

            if (host % 3 == 2)
            {
                await _relay.HandleNextAsync();
            }
        }

        Assert.InRange((_relay.Slack.Posts[0].At - JumpingTime.Start).TotalSeconds, 5, 10);
    }
}
