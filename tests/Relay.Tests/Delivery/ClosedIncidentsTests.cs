using Relay.Delivery;
using Relay.Reports;
using Relay.Storage;

namespace Relay.Tests.Delivery;

/// <summary>How an incident ends, and what happens to it afterwards.</summary>
public sealed class ClosedIncidentsTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly TestRelay _relay = new();

    [Fact]
    public async Task Recovery_of_every_host_resolves_and_closes_the_incident()
    {
        var (one, two) = (A.Failure("web-01"), A.Failure("web-02"));
        await _relay.ReceiveAsync(one, two);
        await _relay.RunForAsync(_minute);
        await _relay.ReceiveAsync(A.Recovery(one));
        await _relay.RunForAsync(_minute);
        await _relay.ReceiveAsync(A.Recovery(two));

        await _relay.RunForAsync(_minute);

        Assert.Equal(2, _relay.Slack.Taken.Count);
        Assert.DoesNotContain(_relay.Blobs.Names, name => name.EndsWith("/incident", StringComparison.Ordinal));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task What_was_delivered_and_grew_stale_is_not_named_again_with_what_fails_anew()
    {
        await _relay.ReceiveAsync(A.Failure("web-01"));
        await _relay.RunForAsync(TimeSpan.FromHours(30));
        await _relay.ReceiveAsync(A.Failure("web-02"));
        await _relay.RunForAsync(_minute * 10);
        await _relay.ReceiveAsync(A.Failure("web-03"));

        await _relay.RunForAsync(_minute * 10);

        Assert.Equal(
            ["Install nginx failed on web-01", "Install nginx failed on web-02", "Install nginx failed on web-03 too (2 hosts in all)"],
            _relay.Slack.Taken.Select(message => Assert.Single(message.Attachments).Title));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task What_is_kept_of_an_incident_that_goes_on_forgets_who_is_long_well()
    {
        await _relay.ReceiveAsync(A.Failure("web-01"), A.Failure("web-02"));
        for (var hour = 0; hour < 30; hour++)
        {
            await _relay.RunForAsync(TimeSpan.FromHours(1));
            await _relay.ReceiveAsync(A.Failure("web-01"));
        }

        await _relay.ReceiveAsync(A.Failure("web-03"));
        await _relay.RunForAsync(_minute * 10);

        var kept = Assert.Single(_relay.Blobs.Blobs, blob => blob.Name.EndsWith("/incident", StringComparison.Ordinal)).Content;
        Assert.Contains("\"web-01\":", kept);
        Assert.Contains("\"web-03\":", kept);
        Assert.DoesNotContain("\"web-02\":", kept);
        Assert.Equal(2, _relay.Blobs.Names.Count(name => name.Contains("/hosts/")));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task A_failure_and_its_recovery_in_one_breath_both_reach_Slack()
    {
        var failure = A.Failure();
        await _relay.ReceiveAsync(failure, A.Recovery(failure));

        await _relay.RunForAsync(_minute);

        Assert.Equal(2, _relay.Slack.Taken.Count);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task A_host_that_fails_while_its_incident_is_closed_is_announced_again()
    {
        var failure = A.Failure();
        await _relay.ReceiveAsync(failure);
        await _relay.RunForAsync(_minute);
        await _relay.ReceiveAsync(A.Recovery(failure));

        await CloseWhileReceivingAsync(A.Failure());

        Assert.Equal(3, _relay.Slack.Taken.Count);
        Assert.Contains(_relay.Blobs.Names, name => name.Contains("/hosts/"));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task A_recovery_that_comes_while_its_incident_is_closed_makes_nothing_new()
    {
        var failure = A.Failure();
        await _relay.ReceiveAsync(failure);
        await _relay.RunForAsync(_minute);
        await _relay.ReceiveAsync(A.Recovery(failure));

        await CloseWhileReceivingAsync(A.Recovery(failure));

        Assert.Equal(2, _relay.Slack.Taken.Count);
        Assert.DoesNotContain(_relay.Blobs.Names, name => name.EndsWith("/incident", StringComparison.Ordinal));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task What_is_left_of_a_resolved_incident_is_not_named_with_the_next_one()
    {
        var (one, two) = (A.Failure("web-01"), A.Failure("web-02"));
        await _relay.ReceiveAsync(one, two);
        await _relay.RunForAsync(_minute);
        await _relay.ReceiveAsync(A.Recovery(one), A.Recovery(two));
        _relay.Blobs.BeforeCall = (call, name) => IsClosing(call, name)
            ? throw new StorageUnavailableException("write a blob", new IOException("away"))
            : Task.CompletedTask;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => _relay.RunForAsync(_minute));
        _relay.Blobs.BeforeCall = (_, _) => Task.CompletedTask;

        await _relay.ReceiveAsync(A.Failure("web-03"));
        await _relay.RunForAsync(_minute * 5);

        Assert.Equal(3, _relay.Slack.Taken.Count);
        Assert.EndsWith(" failed on web-03", _relay.Slack.Taken[2].Attachments[0].Title);
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
            await _relay.RunForAsync(_minute);
        };

        await _relay.RunForAsync(_minute * 5);

        Assert.Equal(3, _relay.Slack.Taken.Count);
        Assert.DoesNotContain(_relay.Blobs.Names, name => name.EndsWith("/incident", StringComparison.Ordinal));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task An_event_that_comes_again_after_its_incident_was_closed_is_no_news()
    {
        var failure = A.Failure();
        await _relay.ReceiveAsync(failure);
        var message = _relay.Queue.Messages[0];
        await _relay.RunForAsync(_minute);
        await _relay.ReceiveAsync(A.Recovery(failure));
        await _relay.RunForAsync(_minute);

        await _relay.Queue.SendAsync(message.ToJson(), TimeSpan.Zero, CancellationToken.None);
        await _relay.RunForAsync(_minute);

        Assert.Equal(2, _relay.Slack.Taken.Count);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task A_large_incident_is_closed_over_several_flushes()
    {
        var failures = Enumerable.Range(1, 900).Select(n => A.Failure($"web-{n}")).ToArray();
        await _relay.ReceiveAsync(failures);
        await _relay.RunForAsync(_minute);
        await _relay.ReceiveAsync([.. failures.Select(A.Recovery)]);

        await _relay.RunForAsync(_minute * 2);

        Assert.Equal(2, _relay.Slack.Taken.Count);
        Assert.DoesNotContain(_relay.Blobs.Names, name => name.EndsWith("/incident", StringComparison.Ordinal));
        _relay.AssertIdle();
    }

    /// <summary>Has the event handled just before the first host is closed.</summary>
    private async Task CloseWhileReceivingAsync(Event late)
    {
        var isReceived = false;
        _relay.Blobs.BeforeCall = async (call, name) =>
        {
            if (IsClosing(call, name) && !isReceived)
            {
                isReceived = true;
                await _relay.ReceiveAsync(late);
                await _relay.HandleNextAsync();
            }
        };

        await _relay.RunForAsync(_minute);

        Assert.True(isReceived);
    }

    /// <summary>Whether this closes a host, after Slack has taken the failure and the recovery.</summary>
    private bool IsClosing(string call, string name) => call == "write" && name.Contains("/hosts/") && _relay.Slack.Taken.Count == 2;
}
