using Relay.Incidents;

namespace Relay.Tests.Incidents;

public class HostRecordTests
{
    private static readonly DateTimeOffset _start = JumpingTime.Start;
    private static readonly Cause _disk = new("No space left on device", "d15c");
    private static readonly Cause _network = new("Connection refused", "0e70");

    private readonly HostRecord _unknown = new() { Host = "web-01" };

    [Fact]
    public void A_host_fails_while_a_failure_is_open()
    {
        var failing = Fails(Fails(_unknown, "1"), "2");

        Assert.True(failing.IsFailing);
        Assert.True(Recovers(failing, "1").IsFailing);
        Assert.False(Recovers(failing, "1", "2").IsFailing);
    }

    [Fact]
    public void A_recovery_closes_what_it_names_and_nothing_else()
    {
        var failing = Fails(Fails(_unknown, "1"), "2");

        Assert.Equal(["2"], Recovers(failing, "1", "3").Open);
    }

    [Fact]
    public void Any_order_of_arrival_gives_the_same_state()
    {
        (string Name, Func<HostRecord, HostRecord> Change)[] events =
        [
            ("1 fails", host => host.Failed("1", "run-1", _disk, _start)),
            ("2 fails", host => host.Failed("2", "run-2", _network, _start.AddMinutes(1))),
            ("1 and 2 recover", host => host.Recovered(["1", "2"], _start.AddMinutes(2))),
            ("3 fails", host => host.Failed("3", "run-3", _disk, _start.AddMinutes(3))),
            ("4 fails", host => host.Failed("4", "run-4", _network, _start.AddMinutes(4))),
            ("4 recovers", host => host.Recovered(["4"], _start.AddMinutes(5))),
        ];

        foreach (var order in Orders(events))
        {
            var host = order.Aggregate(_unknown, (record, one) => one.Change(record));

            Assert.True(host.Open is ["3"], string.Join(", ", order.Select(one => one.Name)));
            Assert.Equal(_network, host.Cause);
            Assert.Equal(_start.AddMinutes(4), host.LastFailedAt);
            Assert.Equal(4, host.Failures);
            Assert.Empty(host.RecoveredEarly);
        }
    }

    [Fact]
    public void An_event_that_comes_twice_changes_nothing()
    {
        var failed = Fails(_unknown, "1");
        var recovered = Recovers(failed, "1");

        Assert.Same(failed, Fails(failed, "1"));
        Assert.Same(recovered, Fails(recovered, "1"));
        Assert.Same(recovered, Recovers(recovered, "1"));
    }

    [Fact]
    public void A_failure_whose_recovery_arrived_first_counts_and_opens_nothing()
    {
        var host = Fails(Recovers(_unknown, "1"), "1");

        Assert.False(host.IsFailing);
        Assert.Equal(1, host.Failures);
        Assert.Equal(_disk, host.Cause);
        Assert.NotNull(host.MendedAt);
    }

    [Fact]
    public void A_closed_record_knows_what_comes_again_and_begins_anew_with_what_is_new()
    {
        var closed = Fails(_unknown, "1").Closed();

        Assert.False(closed.Counts);
        Assert.Same(closed, Fails(closed, "1"));
        Assert.Same(closed, Recovers(closed, "1"));
        Assert.True(Fails(closed, "2") is { Counts: true, IsFailing: true, Runs: 1 });
    }

    [Fact]
    public void The_cause_is_that_of_the_newest_failure_whenever_it_arrives()
    {
        var newest = _unknown.Failed("2", "run-2", _network, _start.AddMinutes(1));

        Assert.Equal(_network, newest.Failed("1", "run-1", _disk, _start).Cause);
    }

    [Fact]
    public void Runs_are_counted_from_the_begin_of_an_episode()
    {
        var twice = _unknown.Failed("1", "a", _disk, _start).Failed("2", "a", _disk, _start).Failed("3", "b", _disk, _start);

        Assert.Equal(2, twice.Runs);
        Assert.Equal(1, twice.Recovered(["1", "2", "3"], _start).Failed("4", "c", _disk, _start).Runs);
    }

    [Fact]
    public void Only_the_newest_failures_stay_open_and_only_the_newest_ids_are_known()
    {
        var host = Enumerable.Range(0, 200).Aggregate(_unknown, (record, one) => Fails(record, $"{one}"));
        host = Recovers(host, [.. Enumerable.Range(1000, 200).Select(one => $"{one}")]);

        Assert.Equal(HostRecord.MostOpen, host.Open.Length);
        Assert.Equal("199", host.Open[^1]);
        Assert.Equal(HostRecord.MostKnown, host.Received.Length);
        Assert.Equal(HostRecord.MostKnown, host.RecoveredEarly.Length);
    }

    [Fact]
    public void Hosts_of_two_inventories_are_two()
    {
        Assert.NotEqual(HostRecord.KeyOf("web1", "dev.ini"), HostRecord.KeyOf("web1", "prod.ini"));
    }

    private static HostRecord Fails(HostRecord host, string id) => host.Failed(id, $"run-{id}", _disk, _start);

    private static HostRecord Recovers(HostRecord host, params string[] ids) => host.Recovered(ids, _start.AddMinutes(1));

    private static IEnumerable<T[]> Orders<T>(T[] all) => all.Length <= 1
        ? [all]
        : all.SelectMany((one, index) => Orders<T>([.. all[..index], .. all[(index + 1)..]]), (one, rest) => (T[])[one, .. rest]);
}
