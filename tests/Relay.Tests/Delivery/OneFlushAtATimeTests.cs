using Relay.Delivery;
using Relay.Messages;
using Relay.Routes;

namespace Relay.Tests.Delivery;

/// <summary>A route posts one message at a time, and while it has news there is a flush to come.</summary>
public sealed class OneFlushAtATimeTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly TestRelay _relay = new();

    [Fact]
    public async Task No_two_messages_leave_within_a_second()
    {
        await _relay.ReceiveAsync([.. Enumerable.Range(1, 95).Select(n => A.Failure(task: Letters(n)))]);

        await _relay.RunForAsync(_minute);

        Assert.Equal(95, _relay.Slack.Taken.Sum(message => message.Attachments.Count));
        Assert.All(
            _relay.Slack.Posts.Zip(_relay.Slack.Posts.Skip(1), (one, next) => next.At - one.At),
            gap => Assert.True(gap >= TimeSpan.FromSeconds(1), $"{gap}"));
    }

    [Fact]
    public async Task A_turn_that_ends_hands_over_to_another_flush()
    {
        await _relay.ReceiveAsync([.. Enumerable.Range(1, 900).Select(n => A.Failure(task: Letters(n)))]);

        await _relay.RunForAsync(_minute * 5);

        Assert.Equal(900, _relay.Slack.Taken.Sum(message => message.Attachments.Count));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task Waiting_news_do_not_make_flushes_multiply()
    {
        await _relay.ReceiveAsync(A.Failure("web-00"));
        await _relay.RunForAsync(TimeSpan.FromSeconds(6));

        for (var host = 1; host <= 5; host++)
        {
            await _relay.ReceiveAsync(A.Failure($"web-0{host}"));
            await _relay.RunForAsync(TimeSpan.FromSeconds(6));
        }

        Assert.True(_relay.Queue.Messages.OfType<FlushMessage>().Select(flush => flush.Due).Distinct().Count() <= 2);
        await _relay.RunForAsync(_minute * 2);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task What_another_flush_has_delivered_meanwhile_is_not_overwritten()
    {
        await _relay.ReceiveAsync(A.Failure("web-01"));
        _relay.Slack.BeforeReply = async () =>
        {
            // Stands still until the lease has run out and another flush has announced, resolved and closed.
            _relay.Slack.BeforeReply = () => Task.CompletedTask;
            _relay.Time.Advance(RouteLease.Duration * 2);
            await _relay.ReceiveAsync(A.Failure("web-02"));
            await _relay.RunForAsync(_minute);
        };

        await _relay.RunForAsync(_minute * 5);

        Assert.Contains(_relay.Slack.Taken, message => message.Attachments[0].Title.Contains('2'));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task The_news_of_a_route_that_is_gone_go_to_the_default_route()
    {
        var before = new TestRelay(new Route("db", "slack-webhook-url-db", null));
        await before.ReceiveAsync("db", A.Failure());
        await before.HandleNextAsync();

        var after = before.WithRoutes();
        await after.Get<ResumeRoutes>().HandleAsync(CancellationToken.None);
        await after.RunForAsync(_minute);

        Assert.Single(after.Slack.Taken);
    }

    [Fact]
    public async Task A_flush_that_was_lost_is_made_up_for()
    {
        await _relay.ReceiveAsync(A.Failure());
        await _relay.HandleNextAsync();
        _relay.Time.Advance(_minute);
        Assert.NotNull(_relay.Queue.Receive());

        await _relay.Get<ResumeRoutes>().HandleAsync(CancellationToken.None);
        await _relay.RunForAsync(_minute);

        Assert.Single(_relay.Slack.Taken);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task News_that_come_while_their_incident_is_delivered_stay_in_the_outbox()
    {
        await _relay.ReceiveAsync(A.Failure("web-01"));
        var joined = false;
        _relay.Slack.BeforeReply = async () =>
        {
            if (!joined)
            {
                joined = true;
                await _relay.ReceiveAsync(A.Failure("web-02"));
                await _relay.HandleNextAsync();
            }
        };

        await _relay.RunForAsync(_minute * 2);

        Assert.Equal(2, _relay.Slack.Taken.Count);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task While_another_flush_has_the_lease_this_one_comes_again()
    {
        await _relay.ReceiveAsync(A.Failure());
        await using (await RouteLease.TryTakeAsync(Route.Named(Route.Default), _relay.Blobs, _relay.Time, CancellationToken.None))
        {
            await _relay.RunForAsync(TimeSpan.FromSeconds(20));
            Assert.Empty(_relay.Slack.Posts);
        }

        await _relay.RunForAsync(TimeSpan.FromSeconds(3));

        Assert.Single(_relay.Slack.Taken);
    }

    [Fact]
    public async Task A_flush_that_comes_early_by_our_clock_is_not_taken_for_one_that_is_still_to_come()
    {
        var flush = new FlushMessage("default", JumpingTime.Start.AddSeconds(0.5));
        await _relay.Get<FlushSchedule>().EnsureAsync(flush.Route, flush.Due, CancellationToken.None);

        await using (await RouteLease.TryTakeAsync(Route.Named(Route.Default), _relay.Blobs, _relay.Time, CancellationToken.None))
        {
            await _relay.Get<HandleMessage>().HandleAsync(flush.ToJson(), CancellationToken.None);
        }

        Assert.Contains(_relay.Queue.Messages.OfType<FlushMessage>(), next => next.Due == JumpingTime.Start.AddSeconds(2));
    }

    [Fact]
    public async Task A_turn_that_was_lost_posts_nothing()
    {
        await _relay.ReceiveAsync(A.Failure());
        _relay.Blobs.BeforeCall = async (call, name) =>
        {
            if (call == "renew")
            {
                _relay.Blobs.BeforeCall = (_, _) => Task.CompletedTask;
                _relay.Time.Advance(RouteLease.Duration * 2);
                await _relay.Blobs.AcquireLeaseAsync(name, RouteLease.Duration, CancellationToken.None);
            }
        };

        await _relay.RunForAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(_relay.Slack.Posts);

        await _relay.RunForAsync(_minute * 4);
        Assert.Single(_relay.Slack.Taken);
    }

    /// <summary>A name without digits, which would all be one placeholder.</summary>
    private static string Letters(int n) => new([.. $"{n}".Select(digit => (char)('p' + (digit - '0')))]);
}
