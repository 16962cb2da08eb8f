using Relay.Routes;
using Relay.Slack;
using Relay.Storage;
using Relay.Telemetry;

namespace Relay.Tests.Delivery;

/// <summary>Bad days at storage, seen from a flush that is at work.</summary>
public sealed class BadDaysAtStorageTests
{
    private const string Route = "routes/default";

    private readonly TestRelay _relay = new();

    [Fact]
    public async Task What_Slack_took_is_kept_though_the_pace_is_not()
    {
        await _relay.ReceiveAsync(A.Failure());
        FailOnce("write", Route);

        await _relay.RunForAsync(TimeSpan.FromMinutes(5));

        Assert.Single(_relay.Slack.Taken);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task A_wait_that_is_longer_than_a_lease_is_stored_in_the_end()
    {
        await _relay.ReceiveAsync(A.Failure());
        _relay.Slack.Replies.Enqueue(new SlackReply(429, "", "300"));
        FailOnce("write", Route);

        await _relay.RunForAsync(TimeSpan.FromMinutes(10));

        Assert.Equal([5, 305], _relay.Slack.Posts.Select(post => (post.At - JumpingTime.Start).TotalSeconds));
    }

    [Fact]
    public async Task A_turn_that_cannot_begin_is_given_back_at_once()
    {
        await _relay.ReceiveAsync(A.Failure());
        FailOnce("read", Route);

        await _relay.RunForAsync(TimeSpan.FromSeconds(5));

        Assert.False(_relay.Blobs.IsLeased(Route));
    }

    [Fact]
    public async Task An_incident_that_cannot_be_read_holds_up_no_other()
    {
        await _relay.ReceiveAsync(A.Failure(task: "one"), A.Failure(task: "two"));
        await _relay.HandleNextAsync();
        var unreadable = _relay.Blobs.Names.First(name => name.Contains("/hosts/"));
        await _relay.Blobs.WriteAsync(unreadable, BlobContent.Empty, BlobCondition.None, CancellationToken.None);

        await _relay.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Single(Assert.Single(_relay.Slack.Taken).Attachments);
        Assert.Single(_relay.Log.Lines, line => line.Id == RelayEvents.Unreadable);
    }

    [Fact]
    public async Task An_incident_that_cannot_be_read_is_tried_again_after_growing_pauses()
    {
        await _relay.ReceiveAsync(A.Failure());
        await _relay.HandleNextAsync();
        var unreadable = _relay.Blobs.Names.First(name => name.Contains("/hosts/"));
        await _relay.Blobs.WriteAsync(unreadable, BlobContent.Empty, BlobCondition.None, CancellationToken.None);

        await _relay.RunForAsync(TimeSpan.FromHours(24));

        Assert.InRange(_relay.Log.Lines.Count(line => line.Id == RelayEvents.Unreadable), 24, 40);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_not_posted_every_second()
    {
        await _relay.ReceiveAsync(A.Failure());
        _relay.Blobs.IsHeld = name => name.EndsWith("/incident", StringComparison.Ordinal);

        await _relay.RunForAsync(TimeSpan.FromHours(2));

        Assert.InRange(_relay.Slack.Taken.Count, 2, 8);
    }

    [Fact]
    public async Task A_mark_that_cannot_be_read_is_looked_at_all_the_same()
    {
        await _relay.ReceiveAsync(A.Failure());
        await _relay.HandleNextAsync();
        var mark = _relay.Blobs.Names.First(name => name.StartsWith("outbox/", StringComparison.Ordinal));
        var rubbish = new Dictionary<string, string> { ["since"] = "yesterday", ["look"] = "", ["failures"] = "-1" };
        await _relay.Blobs.WriteAsync(mark, new BlobContent("", rubbish), BlobCondition.None, CancellationToken.None);

        await _relay.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Single(_relay.Slack.Taken);
    }

    [Fact]
    public async Task What_passes_at_storage_parks_nothing_and_loses_nothing()
    {
        var isBusy = true;
        _relay.Blobs.BeforeCall = (_, _) => isBusy ? throw new StorageUnavailableException("answer", new IOException("busy")) : Task.CompletedTask;
        await _relay.ReceiveAsync(A.Failure(task: "one"));
        await _relay.ReceiveAsync(A.Failure(task: "two"));
        await _relay.RunForAsync(TimeSpan.FromMinutes(30));
        Assert.All(_relay.Queue.Messages, message => Assert.InRange(message.Postponed ?? 0, 5, 20));

        isBusy = false;
        await _relay.RunForAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(2, _relay.Slack.Taken.Sum(message => message.Attachments.Count));
        _relay.AssertIdle();
    }

    private void FailOnce(string call, string name) => _relay.Blobs.BeforeCall = (calls, called) =>
    {
        if ((calls, called) != (call, name) || (call == "write" && _relay.Slack.Posts.Count == 0))
        {
            return Task.CompletedTask;
        }

        _relay.Blobs.BeforeCall = (_, _) => Task.CompletedTask;
        throw new StorageUnavailableException($"{call} a blob", new IOException("away"));
    };
}
