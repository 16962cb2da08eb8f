using Relay.Incidents;
using Relay.Reports;
using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class ContextLineTests
{
    private const string Since = "since 2026-11-22 03:02 UTC";

    [Fact]
    public void It_says_which_role_where_it_is_written_and_since_when() =>
        Assert.Equal($"nginx · roles/nginx/tasks/main.yml:12 · {Since}", Line(Notifications.Announce(Notifications.Failed)));

    [Fact]
    public void Without_a_role_it_says_the_play() =>
        Assert.Equal($"site.yml:3 · Web · {Since}", Line(Notifications.Announce(Notifications.Failed with { Role = null, Path = "site.yml:3" })));

    [Fact]
    public void What_is_true_of_one_host_is_not_said_of_several()
    {
        var seen = Notifications.Failed with { Path = "/home/web-01/site.yml:3", Attempts = 3, DelegatedTo = "lb-01", ReturnCode = 100, Handler = true };
        var run = Notifications.Run with { CheckMode = true };
        var runs = Notifications.Failing(2).Select((host, at) => host with { LastRun = $"{at}" });

        Assert.Equal($"nginx · /home/web-01/site.yml:3 · handler · 3 attempts · done by lb-01 · exit code 100 · a dry run (--check) · {Since}", Line(Notifications.Announce(seen, run: run)));
        Assert.Equal($"nginx · handler · {Since}", Line(Notifications.Of(NotificationKind.Announce, seen, runs, run: run)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void An_exit_code_that_says_nothing_is_left_out(int code, bool expected) =>
        Assert.Equal(expected, Line(Notifications.Announce(Notifications.Failed with { ReturnCode = code })).Contains("exit code", StringComparison.Ordinal));

    [Fact]
    public void A_host_that_cannot_be_reached_says_at_which_task()
    {
        Assert.Equal($"at “Gathering Facts” · {Since}", Line(Notifications.Announce(Notifications.Unreachable)));
        Assert.Equal(Since, Line(Notifications.Announce(Notifications.Unreachable, 2)));
    }

    [Fact]
    public void What_happened_long_ago_says_so_and_by_whose_clock()
    {
        var seen = Notifications.Failed with { At = Notifications.Began.AddDays(-2), Role = null, Play = null };

        Assert.Equal(
            "roles/nginx/tasks/main.yml:12 · happened 2026-11-20 03:02 UTC by the clock of ctl-1.example.com, received 2026-11-22 03:02 UTC",
            Line(Notifications.Announce(seen)));
        Assert.Contains(" · happened on web-01 2026-11-20", Line(Notifications.Announce(seen, 2)), StringComparison.Ordinal);
        Assert.Contains(Since, Line(Notifications.Announce(seen with { At = Notifications.Began.AddMinutes(-9) })), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reminder_says_for_how_long_and_in_how_many_runs()
    {
        var host = Notifications.Failing("web-01") with { Runs = 16, LastFailedAt = Notifications.Began.AddHours(4) };

        Assert.Equal($"{Since} · for 4 h · 16 runs", Line(Notifications.Of(NotificationKind.Remind, Notifications.Failed, [host], ["web-01"])));
        Assert.Equal(
            $"{Since} · for 4 h · up to 16 runs of a host",
            Line(Notifications.Of(NotificationKind.Remind, Notifications.Failed, [host, Notifications.Failing("web-02")], Notifications.Names(2))));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 20)]
    [InlineData(2, 40)]
    public void A_return_says_when_it_will_be_called_fixed(int returns, int minutes) => Assert.Equal(
        $"first failed 2026-11-22 03:02 UTC · called fixed once it has been well for {minutes} minutes",
        Line(Notifications.Of(NotificationKind.Return, Notifications.Failed, [Notifications.Failing("web-01") with { Failures = 2 }], ["web-01"], returns: returns)));

    [Theory]
    [InlineData(0.5, "was broken for less than a minute")]
    [InlineData(42, "was broken for 42 min")]
    [InlineData(180, "was broken for 3 h")]
    [InlineData(185, "was broken for 3 h 5 min")]
    [InlineData(3_000, "was broken for 2 d 2 h")]
    public void A_resolution_says_how_long_it_lasted(double minutes, string expected)
    {
        var host = Notifications.Recovered(Notifications.Failing("web-01")) with { MendedAt = Notifications.Began.AddMinutes(minutes) };

        Assert.Equal($"{expected}, {Since}", Line(Notifications.Of(NotificationKind.Resolve, Notifications.Failed, [host], ["web-01"])));
    }

    [Fact]
    public void A_resolution_that_comes_first_says_from_when_to_when() =>
        Assert.Equal(
            "was broken from 2026-11-22 03:02 UTC to 2026-11-22 03:44 UTC (42 min)",
            Line(Notifications.Of(NotificationKind.Resolve, Notifications.Failed, Notifications.Recovered(1))));

    [Fact]
    public void A_resolution_names_the_hosts_that_fell_silent()
    {
        HostRecord[] hosts = [.. Notifications.Recovered(2), Notifications.Failing("web-03")];

        Assert.EndsWith(
            " · nothing heard of web-03 since 2026-11-22 03:02 UTC",
            Line(Notifications.Of(NotificationKind.Resolve, Notifications.Failed, hosts, Notifications.Names(3))),
            StringComparison.Ordinal);
    }

    /// <summary>The line with its times as they are where Slack does not show the reader's own.</summary>
    private static string Line(Notification notification) =>
        System.Text.RegularExpressions.Regex.Replace(ContextLine.Of(notification, new IncidentHosts(notification)), @"<!date\^[^|]*\|([^>]*)>", "$1");
}
