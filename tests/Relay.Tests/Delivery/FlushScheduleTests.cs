using Relay.Messages;

namespace Relay.Tests.Delivery;

/// <summary>When a route's next flush comes.</summary>
public sealed class FlushScheduleTests
{
    private readonly TestRelay _relay = new();

    [Fact]
    public async Task A_flush_that_goes_ahead_of_a_later_one_is_not_dropped_before_it_is_noted()
    {
        await _relay.ReceiveAsync(A.Failure("web-01"));
        await _relay.RunForAsync(TimeSpan.FromSeconds(10));
        await _relay.ReceiveAsync(A.Failure("web-02"));
        await _relay.RunForAsync(TimeSpan.FromSeconds(10));

        // The flush of web-02 is due in 45 s. This failure has waited in the queue for so long that it is due at once.
        await _relay.Queue.SendAsync(new EventsMessage(JumpingTime.Start, null, A.Run(), [A.Failure(task: "Install redis")]).ToJson(), TimeSpan.Zero, TestContext.Current.CancellationToken);
        _relay.Blobs.BeforeCall = async (call, name) =>
        {
            if (call == "write" && name == "routes/default.due")
            {
                _relay.Blobs.BeforeCall = (_, _) => Task.CompletedTask;
                await _relay.HandleNextAsync();
            }
        };
        await _relay.RunForAsync(TimeSpan.FromSeconds(2));

        Assert.Equal("Install redis failed on web-01", Assert.Single(_relay.Slack.Taken[^1].Attachments).Title);
    }

    [Fact]
    public async Task Looking_for_lost_flushes_brings_no_later_look_forward()
    {
        await _relay.ReceiveAsync(A.Failure());
        await _relay.RunForAsync(TimeSpan.FromSeconds(10));

        await _relay.Get<ResumeRoutes>().HandleAsync(TestContext.Current.CancellationToken);

        Assert.Single(_relay.Queue.Messages);
    }

    [Fact]
    public async Task What_was_seen_again_is_no_news_that_waits()
    {
        var failure = A.Failure();
        await _relay.ReceiveAsync(failure);
        await _relay.RunForAsync(TimeSpan.FromSeconds(10));

        // Whoever records it cannot know whether it was marked before, and marks it.
        await _relay.Queue.SendAsync(new EventsMessage(JumpingTime.Start, null, A.Run(), [failure]).ToJson(), TimeSpan.Zero, TestContext.Current.CancellationToken);
        await _relay.RunForAsync(TimeSpan.FromMinutes(11));

        _relay.AssertIdle();
    }
}
