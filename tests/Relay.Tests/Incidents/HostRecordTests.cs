using Relay.Incidents;
using Relay.Reports;

namespace Relay.Tests.Incidents;

public sealed class HostRecordTests
{
    private static readonly TimeSpan _day = TimeSpan.FromHours(24);
    private static readonly HostRecord _unknown = new() { Host = "web-01" };

    [Fact]
    public void The_first_failure_begins_a_stretch()
    {
        var record = With(_unknown, A.Failure(), 10);

        Assert.Equal((At(10), At(10), 1), (record.FirstFailedAt, record.LastFailedAt, record.Runs));
        Assert.True(record.IsFailing);
    }

    [Fact]
    public void Another_failure_goes_on_with_the_stretch()
    {
        var record = With(With(_unknown, A.Failure(), 10), A.Failure(), 60);

        Assert.Equal((At(10), At(60), 2), (record.FirstFailedAt, record.LastFailedAt, record.Runs));
    }

    [Fact]
    public void Failures_of_several_runs_in_one_report_are_of_as_many_runs()
    {
        var record = With(With(_unknown, A.Failure() with { Run = "one" }, 10), A.Failure() with { Run = "another" }, 10);

        Assert.Equal(2, record.Runs);
    }

    [Fact]
    public void An_event_delivered_again_changes_nothing()
    {
        var failure = A.Failure();
        var before = With(With(_unknown, failure, 10), A.Failure(), 60);

        Assert.Same(before, With(before, failure, 10));
    }

    [Fact]
    public void A_recovery_ends_the_stretch_and_the_next_failure_begins_a_new_one()
    {
        var well = With(With(_unknown, A.Failure(), 10), A.Recovery(A.Failure()), 20);
        var ill = With(well, A.Failure(), 30);

        Assert.False(well.IsFailing);
        Assert.Equal((At(30), 1, true), (ill.FirstFailedAt, ill.Runs, ill.IsFailing));
    }

    [Fact]
    public void A_recovery_that_overtook_its_failure_still_ends_it()
    {
        var record = With(With(_unknown, A.Recovery(A.Failure()), 20), A.Failure(), 10);

        Assert.False(record.IsFailing);
        Assert.Equal(At(10), record.FirstFailedAt);
    }

    [Fact]
    public void A_failure_that_comes_late_does_not_move_the_newest_one()
    {
        var record = With(With(_unknown, A.Failure(), 60), A.Failure(), 10);

        Assert.Equal((At(10), At(60)), (record.FirstFailedAt, record.LastFailedAt));
    }

    [Fact]
    public void After_a_silent_day_a_failure_begins_a_new_stretch()
    {
        var record = With(With(_unknown, A.Failure(), 0), A.Failure(), 86_401);

        Assert.Equal((At(86_401), 1), (record.FirstFailedAt, record.Runs));
    }

    [Fact]
    public void Only_the_newest_event_ids_are_kept()
    {
        var record = Enumerable.Range(0, 100).Aggregate(_unknown, (host, second) => With(host, A.Failure(), second));

        Assert.Equal(HostRecord.EventsKept, record.Events.Count);
        Assert.Equal(100, record.Runs);
    }

    [Theory]
    [InlineData("F1 R2 F3")]
    [InlineData("F1 F3 R2")]
    [InlineData("R2 F1 F3")]
    [InlineData("R2 F3 F1")]
    [InlineData("F3 R2 F1")]
    [InlineData("F3 F1 R2")]
    public void In_whatever_order_events_come_the_record_ends_the_same(string order)
    {
        var record = After(order);

        Assert.Equal((At(3), At(3), At(2), 1), (record.FirstFailedAt, record.LastFailedAt, record.RecoveredAt, record.Runs));
    }

    [Theory]
    [InlineData("F1 R2 F3 R4")]
    [InlineData("F1 R2 R4 F3")]
    [InlineData("F1 R4 R2 F3")]
    [InlineData("F1 R4 F3 R2")]
    public void A_stretch_that_comes_late_is_one_of_its_own(string order)
    {
        var record = After(order);

        Assert.Equal((At(3), At(3), At(4)), (record.FirstFailedAt, record.LastFailedAt, record.EndedAt));
        Assert.False(record.IsFailing);
    }

    [Fact]
    public void Two_failures_of_one_run_are_one_run() =>
        Assert.Equal(1, With(With(_unknown, A.Failure(), 10, run: "a"), A.Failure(), 11, run: "a").Runs);

    [Fact]
    public void A_closed_record_still_knows_its_events()
    {
        var failure = A.Failure();
        var closed = With(With(_unknown, failure, 10), A.Recovery(failure), 20).Closed();

        Assert.Same(closed, With(closed, failure, 10));
        Assert.False(closed.IsFresh(At(21), _day));
        Assert.Equal(At(30), With(closed, A.Failure(), 30).FirstFailedAt);
    }

    private static HostRecord After(string order) => order.Split(' ').Aggregate(
        _unknown,
        (host, one) => With(host, one[0] == 'F' ? A.Failure() : A.Recovery(A.Failure()), one[1] - '0', run: one));

    private static HostRecord With(HostRecord record, Event seen, double seconds, string? run = null) =>
        record.With(new Evidence(A.Run() with { Id = run ?? seen.Id }, seen), At(seconds), _day);

    private static DateTimeOffset At(double seconds) => JumpingTime.Start.AddSeconds(seconds);
}
