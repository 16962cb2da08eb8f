using Relay.Incidents;
using Relay.Reports;
using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class IncidentFieldsTests
{
    [Fact]
    public void Hosts_are_in_natural_order_and_bounded()
    {
        var hosts = Enumerable.Range(1, 200).Reverse().Select(number => Notifications.Failing($"web-{number}"));

        Assert.Equal(
            "web-1, web-2, web-3, web-4, web-5, web-6, web-7, web-8, web-9, web-10 + 190 more",
            ValueOf("Hosts", Notifications.Of(NotificationKind.Announce, Notifications.Failed, hosts)));
    }

    [Fact]
    public void Long_names_leave_room_for_fewer()
    {
        var hosts = Enumerable.Range(1, 5).Select(number => Notifications.Failing($"{number}{new string('h', 250)}"));

        var value = ValueOf("Hosts", Notifications.Of(NotificationKind.Announce, Notifications.Failed, hosts));

        Assert.EndsWith("h… + 2 more", value, StringComparison.Ordinal);
    }

    [Fact]
    public void An_update_lists_the_new_hosts_first()
    {
        var notification = Notifications.Of(NotificationKind.Update, Notifications.Failed, Notifications.Failing(5), ["web-01", "web-03"]);

        Assert.Equal("web-02, web-04, web-05, web-01, web-03", ValueOf("Hosts, new ones first", notification));
    }

    [Fact]
    public void A_reminder_lists_those_that_still_fail_and_counts_the_others()
    {
        var hosts = Notifications.Failing(2).Concat(Notifications.Recovered(4).Skip(2));

        Assert.Equal("web-01, web-02\n2 of 4 recovered", ValueOf("Hosts", Notifications.Of(NotificationKind.Remind, Notifications.Failed, hosts)));
    }

    [Fact]
    public void A_single_host_that_came_back_is_marked() =>
        Assert.Equal("web-01 (recovered)", ValueOf("Hosts", Notifications.Of(NotificationKind.Announce, Notifications.Failed, Notifications.Recovered(1))));

    [Theory]
    [InlineData("nginx", "Install", "tasks.yml:1", "nginx : Install\ntasks.yml:1")]
    [InlineData("nginx", "nginx : Install", null, "nginx : Install")]
    [InlineData(null, "Install", "tasks.yml:1", "Install\ntasks.yml:1")]
    [InlineData("nginx", null, null, "nginx")]
    [InlineData(null, null, null, null)]
    public void The_task_stands_above_the_place_where_it_is_written(string? role, string? task, string? path, string? expected) =>
        Assert.Equal(expected, ValueOf("Task", Notifications.Announce(Notifications.Failed with { Role = role, Task = task, Path = path })));

    [Theory]
    [InlineData(null, "ansible.builtin.apt")]
    [InlineData(1, "ansible.builtin.apt")]
    [InlineData(3, "ansible.builtin.apt, 3 attempts")]
    public void Attempts_are_said_when_there_was_more_than_one(int? attempts, string expected) =>
        Assert.Equal(expected, ValueOf("Module", Notifications.Announce(Notifications.Failed with { Attempts = attempts })));

    [Fact]
    public void What_says_nothing_is_left_out()
    {
        var run = new Run { Id = "run", Source = "ctl" };
        var seen = new Event { Id = "1", Kind = EventKind.Failed, At = Notifications.Began, Host = "web-01", DelegatedTo = "web-01", Role = " " };

        var fields = AttachmentRenderer.Render(Notifications.Announce(seen, run: run)).Fields;

        Assert.Equal(["Hosts", "Since"], fields.Select(field => field.Title));
    }

    [Fact]
    public void Check_mode_delegation_and_repeated_runs_are_said()
    {
        var host = Notifications.Failing("web-01") with { Runs = 3 };
        var notification = Notifications.Of(
            NotificationKind.Announce, Notifications.Failed with { DelegatedTo = "lb-01" }, [host], run: Notifications.Run with { CheckMode = true });

        Assert.Equal("yes, a dry run", ValueOf("Check mode", notification));
        Assert.Equal("lb-01", ValueOf("Delegated to", notification));
        Assert.Equal("3", ValueOf("Failed runs", notification));
        Assert.Equal("up to 3 per host", ValueOf("Failed runs", notification with { Snapshot = IncidentSnapshot.Of(null, [host, Notifications.Failing("web-02")], null) }));
    }

    [Fact]
    public void Labels_are_few_and_in_order()
    {
        var labels = Enumerable.Range(1, 8).ToDictionary(number => $"l{9 - number}", number => $"{number}");
        var notification = Notifications.Announce(Notifications.Failed, run: Notifications.Run with { Labels = labels });

        Assert.Equal("l1=8, l2=7, l3=6, l4=5, l5=4 + 3 more", ValueOf("Labels", notification));
    }

    [Theory]
    [InlineData(0.5, "less than a minute")]
    [InlineData(42, "42 min")]
    [InlineData(185, "3 h 5 min")]
    [InlineData(3_000, "2 d 2 h")]
    public void A_resolution_says_how_long_it_lasted(double minutes, string expected)
    {
        var host = Notifications.Failing("web-01") with { MendedAt = Notifications.Began.AddMinutes(minutes), Open = [] };
        var notification = Notifications.Of(NotificationKind.Resolve, Notifications.Failed, [host], ["web-01"]);

        Assert.Equal(expected, ValueOf("Lasted", notification));
        Assert.Equal("2026-11-22 10:00 UTC", ValueOf("Since", notification));
    }

    [Theory]
    [InlineData(NotificationKind.Update)]
    [InlineData(NotificationKind.Remind)]
    [InlineData(NotificationKind.Resolve)]
    public void Later_messages_are_short(NotificationKind kind)
    {
        var notification = Notifications.Of(kind, Notifications.Failed, Notifications.Failing(3), Notifications.Names(1));

        Assert.InRange(AttachmentRenderer.Render(notification).Fields.Count, 3, 4);
    }

    private static string? ValueOf(string title, Notification notification) =>
        AttachmentRenderer.Render(notification).Fields.SingleOrDefault(field => field.Title == title)?.Value;
}
