using Relay.Incidents;
using Relay.Reports;
using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class HeadlineTests
{
    [Theory]
    [InlineData(1, "Install nginx failed on web-01")]
    [InlineData(200, "Install nginx failed on 200 hosts")]
    public void An_announcement_names_the_task_and_the_host_or_their_number(int hosts, string expected) =>
        Assert.Equal(expected, TitleOf(Notifications.Announce(Notifications.Failed, hosts)));

    [Theory]
    [InlineData(1, "web-01 is unreachable")]
    [InlineData(3, "3 hosts are unreachable")]
    public void An_unreachable_host_is_the_subject(int hosts, string expected) =>
        Assert.Equal(expected, TitleOf(Notifications.Announce(Notifications.Unreachable, hosts)));

    [Theory]
    [InlineData(1, "web-01 was unreachable")]
    [InlineData(3, "3 hosts were unreachable")]
    public void A_host_that_came_back_before_the_message_was_unreachable(int hosts, string expected) =>
        Assert.Equal(expected, TitleOf(Notifications.Of(NotificationKind.Announce, Notifications.Unreachable, Notifications.Recovered(hosts))));

    [Theory]
    [InlineData(3, 4, "Install nginx failed on web-04 too (4 hosts in all)", "web-04 is unreachable too (4 hosts in all)")]
    [InlineData(177, 200, "Install nginx failed on 23 more hosts (200 in all)", "23 more hosts are unreachable (200 in all)")]
    public void An_update_counts_the_new_hosts_and_all(int known, int hosts, string failed, string unreachable)
    {
        Assert.Equal(failed, TitleOf(Update(Notifications.Failed)));
        Assert.Equal(unreachable, TitleOf(Update(Notifications.Unreachable)));

        Notification Update(Event seen) => Notifications.Of(NotificationKind.Update, seen, Notifications.Failing(hosts), Notifications.Names(known));
    }

    [Theory]
    [InlineData("env", "prod", "[prod] Install nginx failed on web-01")]
    [InlineData("environment", "@here", "[@\u200bhere] Install nginx failed on web-01")]
    [InlineData("env", " ", "Install nginx failed on web-01")]
    public void The_environment_stands_first(string label, string value, string expected) => Assert.Equal(
        expected,
        TitleOf(Notifications.Announce(Notifications.Failed, run: Notifications.Run with { Labels = new Dictionary<string, string> { [label] = value } })));

    [Fact]
    public void Of_how_many_hosts_is_said_where_one_run_had_them()
    {
        var run = Notifications.Run with { HostCount = 12 };
        var other = Notifications.Failing(3).Select((host, at) => at == 2 ? host with { LastRun = "another" } : host);

        Assert.Equal("Install nginx failed on 3 of 12 hosts", TitleOf(Notifications.Announce(Notifications.Failed, 3, run)));
        Assert.Equal("Install nginx failed on 3 hosts", TitleOf(Notifications.Of(NotificationKind.Announce, Notifications.Failed, other, run: run)));
    }

    [Fact]
    public void A_name_that_differs_between_hosts_is_shown_as_the_playbook_writes_it()
    {
        var seen = Notifications.Failed with { Task = "nginx : Deploy 1.7", WrittenTask = "Deploy {{ version }}" };

        Assert.Equal("Deploy 1.7 failed on web-01", TitleOf(Notifications.Announce(seen)));
        Assert.Equal("Deploy {{ version }} failed on 2 hosts", TitleOf(Notifications.Announce(seen, 2)));
    }

    [Fact]
    public void A_new_cause_is_part_of_an_update()
    {
        var known = Notifications.Failing("web-01");
        var joined = Notifications.Failing("web-02", "the disk is full");

        Assert.Equal("Install nginx failed on web-02 too, with a new cause (2 hosts in all)", TitleOf(Update(known, joined)));
        Assert.Equal("Install nginx failed on web-01 with a new cause", TitleOf(Update(joined with { Host = "web-01" })));
        Assert.Equal("web-02 is unreachable too (2 hosts in all)", TitleOf(Notifications.Of(NotificationKind.Update, Notifications.Unreachable, [known, Notifications.Failing("web-02")], ["web-01"])));

        static Notification Update(params HostRecord[] hosts) => Notifications.Of(NotificationKind.Update, Notifications.Failed, hosts, ["web-01"]);
    }

    [Theory]
    [InlineData(0, "2nd")]
    [InlineData(1, "3rd")]
    [InlineData(2, "4th")]
    [InlineData(9, "11th")]
    [InlineData(20, "22nd")]
    public void A_return_says_which_time_it_is(int returns, string expected) => Assert.Equal(
        $"Install nginx fails again on web-01, the {expected} time",
        TitleOf(Notifications.Of(NotificationKind.Return, Notifications.Failed, Again(Notifications.Failing("web-01")), ["web-01"], returns: returns)));

    [Fact]
    public void A_return_that_is_over_does_not_say_that_anything_fails()
    {
        var hosts = Again(Notifications.Recovered(Notifications.Failing("web-01")));

        Assert.Equal("Install nginx failed again on web-01, and is fixed", TitleOf(Notifications.Of(NotificationKind.Return, Notifications.Failed, hosts, ["web-01"])));
        Assert.Equal("web-01 was unreachable again", TitleOf(Notifications.Of(NotificationKind.Return, Notifications.Unreachable, hosts, ["web-01"])));
    }

    [Fact]
    public void What_is_well_before_anybody_was_told_was_broken() =>
        Assert.Equal("Install nginx was broken on web-01, and is fixed", TitleOf(Notifications.Of(NotificationKind.Resolve, Notifications.Failed, Notifications.Recovered(1))));

    [Fact]
    public void Hosts_that_fell_silent_are_not_called_well()
    {
        HostRecord[] hosts = [.. Notifications.Recovered(2), Notifications.Failing("web-03")];

        Assert.Equal("Install nginx is fixed on 2 of 3 hosts", TitleOf(Notifications.Of(NotificationKind.Resolve, Notifications.Failed, hosts, Notifications.Names(3))));
        Assert.Equal("2 of 3 hosts are reachable again", TitleOf(Notifications.Of(NotificationKind.Resolve, Notifications.Unreachable, hosts, Notifications.Names(3))));
    }

    [Fact]
    public void The_state_of_an_incident_says_who_is_well_again() =>
        Assert.Equal(
            "Install nginx failed on 7 hosts, 2 of them are well again",
            TitleOf(Notifications.Of(NotificationKind.Update, Notifications.Failed, [.. Notifications.Recovered(2), .. Notifications.Failing(7).Skip(2)], Notifications.Names(7)).AsState()));

    [Theory]
    [InlineData(1, "Install nginx still fails on web-01", "web-01 is still unreachable")]
    [InlineData(12, "Install nginx still fails on 12 hosts", "12 hosts are still unreachable")]
    public void A_reminder_counts_the_hosts_that_still_fail(int failing, string failed, string unreachable)
    {
        Assert.Equal(failed, TitleOf(Remind(Notifications.Failed)));
        Assert.Equal(unreachable, TitleOf(Remind(Notifications.Unreachable)));

        Notification Remind(Event seen) => Notifications.Of(
            NotificationKind.Remind, seen, Notifications.Failing(failing).Append(Notifications.Recovered(Notifications.Failing("web-99"))), Notifications.Names(failing));
    }

    [Theory]
    [InlineData(1, "Install nginx is fixed on web-01", "web-01 is reachable again")]
    [InlineData(2, "Install nginx is fixed on both hosts", "Both hosts are reachable again")]
    [InlineData(200, "Install nginx is fixed on all 200 hosts", "All 200 hosts are reachable again")]
    public void A_resolution_says_that_all_are_well(int hosts, string failed, string unreachable)
    {
        Assert.Equal(failed, TitleOf(Resolve(Notifications.Failed)));
        Assert.Equal(unreachable, TitleOf(Resolve(Notifications.Unreachable)));

        Notification Resolve(Event seen) => Notifications.Of(NotificationKind.Resolve, seen, Notifications.Recovered(hosts), Notifications.Names(hosts));
    }

    [Theory]
    [InlineData("nginx : Install nginx", "Install nginx failed on web-01")]
    [InlineData("nginx : ", "nginx : failed on web-01")]
    [InlineData("", "ansible.builtin.apt failed on web-01")]
    [InlineData(null, "ansible.builtin.apt failed on web-01")]
    [InlineData("a < b & `c`", "a &lt; b &amp; `c` failed on web-01")]
    public void The_role_is_not_part_of_the_tasks_name(string? task, string expected) =>
        Assert.Equal(expected, TitleOf(Notifications.Announce(Notifications.Failed with { Task = task })));

    [Theory]
    [InlineData(1, "A test from web-01 has arrived")]
    [InlineData(2, "A test from 2 hosts has arrived")]
    public void A_test_does_not_look_like_a_failure(int hosts, string expected)
    {
        var test = AttachmentRenderer.Render(Notifications.Announce(Notifications.Failed, hosts, Notifications.Run with { Mode = "test" }));
        var resolved = AttachmentRenderer.Render(Notifications.Of(NotificationKind.Resolve, Notifications.Failed, Notifications.Recovered(1)));

        Assert.Equal(expected, test.Title);
        Assert.Equal(resolved.Color, test.Color);
    }

    [Fact]
    public void Without_a_name_it_is_a_task() =>
        Assert.Equal("A task failed on web-01", TitleOf(Notifications.Announce(Notifications.Failed with { Task = null, Action = null })));

    [Fact]
    public void A_long_task_gives_way_to_the_hosts()
    {
        var title = TitleOf(Notifications.Announce(Notifications.Failed with { Task = new string('t', 300) }, 200));

        Assert.EndsWith("t… failed on 200 hosts", title, StringComparison.Ordinal);
        Assert.Equal(150, title.Length);
    }

    private static IEnumerable<HostRecord> Again(HostRecord host) => [host with { Failures = 2 }];

    private static string TitleOf(Notification notification) => AttachmentRenderer.Render(notification).Title;
}
