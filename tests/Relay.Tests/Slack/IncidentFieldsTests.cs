using Relay.Incidents;
using Relay.Reports;
using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class IncidentFieldsTests
{
    [Fact]
    public void Hosts_are_in_natural_order_and_bounded()
    {
        var hosts = Enumerable.Range(1, 200).Reverse().Select(number => Notices.Failing($"web-{number}"));

        Assert.Equal(
            "web-1, web-2, web-3, web-4, web-5, web-6, web-7, web-8, web-9, web-10 + 190 more",
            ValueOf("Hosts", Notices.Of(Saying.Announce, Notices.Failed, hosts)));
    }

    [Fact]
    public void Long_names_leave_room_for_fewer()
    {
        var hosts = Enumerable.Range(1, 5).Select(number => Notices.Failing($"{number}{new string('h', 250)}"));

        var value = ValueOf("Hosts", Notices.Of(Saying.Announce, Notices.Failed, hosts));

        Assert.EndsWith("h… + 2 more", value, StringComparison.Ordinal);
    }

    [Fact]
    public void An_update_lists_the_new_hosts_first()
    {
        var notice = Notices.Of(Saying.Update, Notices.Failed, Notices.Failing(5), ["web-01", "web-03"]);

        Assert.Equal("web-02, web-04, web-05, web-01, web-03", ValueOf("Hosts, new ones first", notice));
    }

    [Fact]
    public void A_reminder_lists_those_that_still_fail_and_counts_the_others()
    {
        var hosts = Notices.Failing(2).Concat(Notices.Recovered(4).Skip(2));

        Assert.Equal("web-01, web-02\n2 of 4 recovered", ValueOf("Hosts", Notices.Of(Saying.Remind, Notices.Failed, hosts)));
    }

    [Fact]
    public void A_single_host_that_came_back_is_marked() =>
        Assert.Equal("web-01 (recovered)", ValueOf("Hosts", Notices.Of(Saying.Announce, Notices.Failed, Notices.Recovered(1))));

    [Theory]
    [InlineData("nginx", "Install", "tasks.yml:1", "nginx : Install\ntasks.yml:1")]
    [InlineData("nginx", "nginx : Install", null, "nginx : Install")]
    [InlineData(null, "Install", "tasks.yml:1", "Install\ntasks.yml:1")]
    [InlineData("nginx", null, null, "nginx")]
    [InlineData(null, null, null, null)]
    public void The_task_stands_above_the_place_where_it_is_written(string? role, string? task, string? path, string? expected) =>
        Assert.Equal(expected, ValueOf("Task", Notices.Announce(Notices.Failed with { Role = role, Task = task, Path = path })));

    [Theory]
    [InlineData(null, "ansible.builtin.apt")]
    [InlineData(1, "ansible.builtin.apt")]
    [InlineData(3, "ansible.builtin.apt, 3 attempts")]
    public void Attempts_are_said_when_there_was_more_than_one(int? attempts, string expected) =>
        Assert.Equal(expected, ValueOf("Module", Notices.Announce(Notices.Failed with { Attempts = attempts })));

    [Fact]
    public void What_says_nothing_is_left_out()
    {
        var run = new Run { Id = "run", Source = "ctl" };
        var seen = new Event { Id = "1", Kind = EventKind.Failed, At = Notices.Began, Host = "web-01", DelegatedTo = "web-01", Role = " " };

        var fields = AttachmentRenderer.Render(Notices.Announce(seen, run: run)).Fields;

        Assert.Equal(["Hosts", "Since"], fields.Select(field => field.Title));
    }

    [Fact]
    public void Check_mode_delegation_and_repeated_runs_are_said()
    {
        var host = Notices.Failing("web-01") with { Runs = 3 };
        var notice = Notices.Of(
            Saying.Announce, Notices.Failed with { DelegatedTo = "lb-01" }, [host], run: Notices.Run with { CheckMode = true });

        Assert.Equal("yes, a dry run", ValueOf("Check mode", notice));
        Assert.Equal("lb-01", ValueOf("Delegated to", notice));
        Assert.Equal("3", ValueOf("Failed runs", notice));
        Assert.Equal("up to 3 per host", ValueOf("Failed runs", notice with { Hosts = [host, Notices.Failing("web-02")] }));
    }

    [Fact]
    public void Labels_are_few_and_in_order()
    {
        var labels = Enumerable.Range(1, 8).ToDictionary(number => $"l{9 - number}", number => $"{number}");
        var notice = Notices.Announce(Notices.Failed, run: Notices.Run with { Labels = labels });

        Assert.Equal("l1=8, l2=7, l3=6, l4=5, l5=4 + 3 more", ValueOf("Labels", notice));
    }

    [Theory]
    [InlineData(0.5, "less than a minute")]
    [InlineData(42, "42 min")]
    [InlineData(185, "3 h 5 min")]
    [InlineData(3_000, "2 d 2 h")]
    public void A_resolution_says_how_long_it_lasted(double minutes, string expected)
    {
        var host = Notices.Failing("web-01") with { RecoveredAt = Notices.Began.AddMinutes(minutes) };
        var notice = Notices.Of(Saying.Resolve, Notices.Failed, [host], ["web-01"]);

        Assert.Equal(expected, ValueOf("Lasted", notice));
        Assert.Equal("2026-11-22 10:00 UTC", ValueOf("Since", notice));
    }

    [Theory]
    [InlineData(Saying.Update)]
    [InlineData(Saying.Remind)]
    [InlineData(Saying.Resolve)]
    public void Later_messages_are_short(Saying saying)
    {
        var notice = Notices.Of(saying, Notices.Failed, Notices.Failing(3), Notices.Names(1));

        Assert.InRange(AttachmentRenderer.Render(notice).Fields.Count, 3, 4);
    }

    private static string? ValueOf(string title, Notice notice) =>
        AttachmentRenderer.Render(notice).Fields.SingleOrDefault(field => field.Title == title)?.Value;
}
