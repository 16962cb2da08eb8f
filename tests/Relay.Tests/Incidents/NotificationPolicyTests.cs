using System.Collections.Immutable;
using Relay.Incidents;

namespace Relay.Tests.Incidents;

public sealed class NotificationPolicyTests
{
    private static readonly IncidentPolicy _policy = new();
    private static readonly DateTimeOffset _start = JumpingTime.Start;

    [Fact]
    public void A_new_incident_waits_for_more_hosts_and_is_then_announced()
    {
        HostRecord[] hosts = [Failing("web-01", 0), Failing("web-02", 3)];

        Assert.Equal(new Decision.Wait(At(5)), Decide(null, hosts, 4.9));
        Assert.Equal(new Decision.Notify(NotificationKind.Announce), Decide(null, hosts, 5));
    }

    [Fact]
    public void What_recovered_before_its_announcement_is_announced_all_the_same() =>
        Assert.Equal(new Decision.Notify(NotificationKind.Announce), Decide(null, [Recovered("web-01", 0, 2)], 5));

    [Fact]
    public void A_recovery_without_a_failure_is_not_worth_a_word() =>
        Assert.Equal(new Decision.Nothing(), Decide(null, [new HostRecord { Host = "web-01", RecoveredAt = At(1) }], 5));

    [Fact]
    public void More_hosts_are_an_update_once_the_group_interval_has_passed()
    {
        HostRecord[] hosts = [Failing("web-01", 0), Failing("web-02", 20)];

        Assert.Equal(new Decision.Wait(At(70)), Decide(Announced(10, "web-01"), hosts, 30));
        Assert.Equal(new Decision.Notify(NotificationKind.Update), Decide(Announced(10, "web-01"), hosts, 70));
    }

    [Fact]
    public void A_host_that_recovered_before_it_was_named_is_named_by_an_update() =>
        Assert.Equal(new Decision.Notify(NotificationKind.Update), Decide(Announced(10, "web-01"), [Failing("web-01", 0), Recovered("web-02", 20, 30)], 70));

    [Fact]
    public void The_same_hosts_again_are_no_news() =>
        Assert.Equal(new Decision.Nothing(), Decide(Announced(10, "web-01"), [Failing("web-01", 0, last: 3600)], 3600));

    [Fact]
    public void What_still_fails_after_the_repeat_interval_is_a_reminder() =>
        Assert.Equal(new Decision.Notify(NotificationKind.Remind), Decide(Announced(10, "web-01"), [Failing("web-01", 0, last: 14410)], 14410));

    [Fact]
    public void Without_a_failure_since_the_last_word_nobody_is_reminded() =>
        Assert.Equal(new Decision.Nothing(), Decide(Announced(10, "web-01"), [Failing("web-01", 0)], 14410));

    [Fact]
    public void When_every_host_has_recovered_it_is_resolved_at_once() =>
        Assert.Equal(new Decision.Notify(NotificationKind.Resolve), Decide(Announced(10, "web-01", "web-02"), [Recovered("web-01", 0, 20), Recovered("web-02", 0, 21)], 21));

    [Fact]
    public void While_one_host_fails_it_is_not_resolved() =>
        Assert.Equal(new Decision.Nothing(), Decide(Announced(10, "web-01", "web-02"), [Recovered("web-01", 0, 20), Failing("web-02", 0)], 21));

    [Fact]
    public void After_the_resolution_there_is_nothing_left_to_notify() =>
        Assert.Equal(new Decision.Nothing(), Decide(Last(NotificationKind.Resolve, 30, "web-01"), [Recovered("web-01", 0, 20)], 31));

    [Fact]
    public void Until_a_resolved_incident_is_closed_a_failure_since_then_has_to_wait() =>
        Assert.Equal(new Decision.Nothing(), Decide(Last(NotificationKind.Resolve, 30, "web-01", "web-02"), [Failing("web-01", 31), Recovered("web-02", 0, 20)], 40));

    [Fact]
    public void A_named_host_that_recovered_and_fails_again_is_news() =>
        Assert.Equal(new Decision.Notify(NotificationKind.Update), Decide(Announced(10, "web-01", "web-02"), [Failing("web-01", 0), Failing("web-02", 50)], 70));

    [Fact]
    public void A_host_that_returns_after_a_day_is_news_to_an_incident_that_goes_on() =>
        Assert.Equal(
            new Decision.Notify(NotificationKind.Update),
            Decide(Announced(10, "web-01", "web-02"), [Failing("web-01", 0, last: 100_000), Failing("web-02", 100_000)], 100_001));

    [Fact]
    public void What_was_not_seen_for_a_day_is_over_without_a_notification() =>
        Assert.Equal(new Decision.Nothing(), Decide(Announced(10, "web-01"), [Failing("web-01", 0)], 86401));

    [Fact]
    public void What_returns_after_a_day_is_a_new_incident()
    {
        HostRecord[] hosts = [Failing("web-01", 0), Failing("web-02", 100_000)];

        var incident = IncidentSnapshot.Of(Announced(10, "web-01"), hosts, _policy, At(100_005));

        Assert.Null(incident.Last);
        Assert.Equal(["web-02"], incident.Hosts.Select(host => host.Host));
        Assert.Equal(new Decision.Notify(NotificationKind.Announce), NotificationPolicy.Decide(incident, _policy, At(100_005)));
    }

    private static Decision Decide(LastNotification? last, HostRecord[] hosts, double seconds) =>
        NotificationPolicy.Decide(IncidentSnapshot.Of(last, hosts, _policy, At(seconds)), _policy, At(seconds));

    private static DateTimeOffset At(double seconds) => _start.AddSeconds(seconds);

    private static LastNotification Announced(double at, params string[] hosts) => Last(NotificationKind.Announce, at, hosts);

    /// <summary>It named hosts that began to fail at the very start.</summary>
    private static LastNotification Last(NotificationKind kind, double at, params string[] hosts) =>
        new(kind, At(at), hosts.ToImmutableDictionary(host => host, _ => _start), null);

    private static HostRecord Failing(string host, double first, double? last = null) =>
        new() { Host = host, FirstFailedAt = At(first), LastFailedAt = At(last ?? first), Runs = 1 };

    private static HostRecord Recovered(string host, double failed, double recovered) =>
        Failing(host, failed) with { RecoveredAt = At(recovered) };
}
