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

    private static string TitleOf(Notification notification) => AttachmentRenderer.Render(notification).Title;
}
