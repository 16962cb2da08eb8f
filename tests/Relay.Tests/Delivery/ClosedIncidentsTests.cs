using Relay.Delivery;
using Relay.Reports;
using Relay.Storage;

namespace Relay.Tests.Delivery;

/// <summary>How an incident ends, and what happens to it afterwards.</summary>
public sealed class ClosedIncidentsTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    private readonly TestRelay _relay = new();

    [Fact]
    public async Task Recovery_of_every_host_resolves_the_incident_and_an_hour_later_it_is_closed()
    {
        var (one, two) = (A.Failure("web-01"), A.Failure("web-02"));
        await _relay.ReceiveAsync(one, two);
        await _relay.RunForAsync(_minute);
        await _relay.ReceiveAsync(A.Recovery(one));
        await _relay.RunForAsync(_minute);
        await _relay.ReceiveAsync(A.Recovery(two));
        await _relay.RunForAsync(_minute);
        Assert.Equal(2, _relay.Slack.Taken.Count);

        await _relay.RunForAsync(_hour * 1.2);

        Assert.Equal(2, _relay.Slack.Taken.Count);
        AssertClosed();
    }

    [Fact]
    public async Task A_recovery_ends_the_failures_that_it_names_and_no_other()
    {
        var (one, other) = (A.Failure(), A.Failure());
        await _relay.ReceiveAsync(one, other);
        await _relay.RunForAsync(_minute);

        await _relay.ReceiveAsync(A.Recovery(one));
        await _relay.RunForAsync(_minute);
        Assert.Single(_relay.Slack.Taken);

        await _relay.ReceiveAsync(A.Recovery(other));
        await _relay.RunForAsync(_minute);
        Assert.Equal(2, _relay.Slack.Taken.Count);
    }

    [Fact]
    public async Task What_was_delivered_and_grew_stale_is_not_named_again_with_what_fails_anew()
    {
        await _relay.ReceiveAsync(A.Failure("web-01"));
        await _relay.RunForAsync(_hour * 30);
        await _relay.ReceiveAsync(A.Failure("web-02"));
        await _relay.RunForAsync(_minute * 10);
        await _relay.ReceiveAsync(A.Failure("web-03"));

        await _relay.RunForAsync(_minute * 10);

        Assert.Equal(3, _relay.Slack.Taken.Count);
        Assert.All(_relay.Slack.Taken.Skip(1), message => Assert.DoesNotContain("web-01", $"{message.Attachments[0]}", StringComparison.Ordinal));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task A_failure_and_its_recovery_in_one_breath_are_one_message()
    {
        var failure = A.Failure();
        await _relay.ReceiveAsync(failure, A.Recovery(failure));

        await _relay.RunForAsync(_minute);

        Assert.Single(_relay.Slack.Taken);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task A_recovery_that_overtakes_its_failure_ends_it_all_the_same()
    {
        var failure = A.Failure();
        await _relay.ReceiveAsync(A.Recovery(failure));
        await _relay.RunForAsync(_minute);
        Assert.Empty(_relay.Slack.Taken);

        await _relay.ReceiveAsync(failure);
        await _relay.RunForAsync(_hour * 5);

        Assert.Single(_relay.Slack.Taken);
        AssertClosed();
    }

    [Fact]
    public async Task A_host_that_fails_while_its_incident_is_closed_is_announced_again()
    {
        await ResolveAsync(A.Failure());

        await CloseWhileReceivingAsync(A.Failure());

        Assert.Equal(3, _relay.Slack.Taken.Count);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task A_recovery_that_comes_while_its_incident_is_closed_makes_nothing_new()
    {
        var failure = A.Failure();
        await ResolveAsync(failure);

        await CloseWhileReceivingAsync(A.Recovery(failure));

        Assert.Equal(2, _relay.Slack.Taken.Count);
        await _relay.RunForAsync(_hour);
        AssertClosed();
    }

    [Fact]
    public async Task A_crash_while_an_incident_is_closed_leaves_nothing_of_it_to_be_named_again()
    {
        await ResolveAsync(A.Failure("web-01"), A.Failure("web-02"));
        var closed = 0;
        _relay.Blobs.BeforeCall = (call, name) => IsHostWrite(call, name) && ++closed == 2
            ? throw new StorageUnavailableException("write a blob", new IOException("away"))
            : Task.CompletedTask;
        await _relay.RunForAsync(_hour);
        while (closed < 2)
        {
            await _relay.RunForAsync(TimeSpan.FromSeconds(1));
        }

        _relay.Blobs.BeforeCall = (_, _) => Task.CompletedTask;
        await _relay.ReceiveAsync(A.Failure("web-03"));
        await _relay.RunForAsync(_minute * 5);

        Assert.Equal(3, _relay.Slack.Taken.Count);
        Assert.Contains("web-03", _relay.Slack.Taken[2].Attachments[0].Title, StringComparison.Ordinal);
        Assert.DoesNotContain("web-02", $"{_relay.Slack.Taken[2].Attachments[0]}", StringComparison.Ordinal);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task An_incident_that_others_have_announced_and_closed_meanwhile_does_not_come_back()
    {
        var failure = A.Failure();
        await _relay.ReceiveAsync(failure);
        _relay.Slack.BeforeReply = async () =>
        {
            // Stands still until the lease has run out and another flush has announced, resolved and closed.
            _relay.Slack.BeforeReply = () => Task.CompletedTask;
            _relay.Time.Advance(RouteLease.Duration * 2);
            await _relay.ReceiveAsync(A.Recovery(failure));
            await _relay.RunForAsync(_hour * 2);
        };

        await _relay.RunForAsync(_minute);
        await _relay.RunForAsync(_minute * 5);

        Assert.Equal(2, _relay.Slack.Taken.Count);
        AssertClosed();
    }

    [Fact]
    public async Task An_event_that_comes_again_after_its_incident_was_closed_is_no_news()
    {
        var failure = A.Failure();
        await _relay.ReceiveAsync(failure);
        var message = _relay.Queue.Messages[0];
        await _relay.RunForAsync(_minute);
        await _relay.ReceiveAsync(A.Recovery(failure));
        await _relay.RunForAsync(_hour * 2);

        await _relay.Queue.SendAsync(message.ToJson(), TimeSpan.Zero, CancellationToken.None);
        await _relay.RunForAsync(_minute);

        Assert.Equal(2, _relay.Slack.Taken.Count);
        AssertClosed();
    }

    [Fact]
    public async Task A_large_incident_is_closed_over_several_flushes()
    {
        await ResolveAsync([.. Enumerable.Range(1, 450).Select(n => A.Failure($"web-{n}"))]);

        await _relay.RunForAsync(_hour * 2);

        Assert.Equal(2, _relay.Slack.Taken.Count);
        AssertClosed();
    }

    private async Task ResolveAsync(params Event[] failures)
    {
        await _relay.ReceiveAsync(failures);
        await _relay.RunForAsync(_minute);
        await _relay.ReceiveAsync([.. failures.Select(A.Recovery)]);
        await _relay.RunForAsync(_minute);
        Assert.Equal(2, _relay.Slack.Taken.Count);
    }

    /// <summary>Has the event handled just before the first host is closed.</summary>
    private async Task CloseWhileReceivingAsync(Event late)
    {
        var isReceived = false;
        _relay.Blobs.BeforeCall = async (call, name) =>
        {
            if (IsHostWrite(call, name) && !isReceived)
            {
                isReceived = true;
                await _relay.ReceiveAsync(late);
                await _relay.HandleNextAsync();
            }
        };

        await _relay.RunForAsync(_hour * 1.5);

        Assert.True(isReceived);
    }

    private void AssertClosed()
    {
        Assert.DoesNotContain(_relay.Blobs.Names, name => name.EndsWith("/incident", StringComparison.Ordinal));
        Assert.DoesNotContain(_relay.Blobs.Names, name => name.StartsWith("outbox/", StringComparison.Ordinal));
        Assert.Empty(_relay.Queue.Messages);
    }

    private static bool IsHostWrite(string call, string name) => call == "write" && name.Contains("/hosts/", StringComparison.Ordinal);
}
