using System.Text.Json;
using Relay.Incidents;
using Relay.Reports;
using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class CauseLinesTests
{
    private static readonly Event Silent = Notifications.Failed with { Message = "non-zero return code", ReturnCode = 3 };

    [Fact]
    public void One_cause_is_one_line() => Assert.Equal(["No package matching 'nginx-extra' is available"], Lines(Notifications.Announce(Notifications.Failed, 3)));

    [Fact]
    public void Each_of_several_causes_has_its_hosts_the_most_common_first()
    {
        HostRecord[] hosts = [Notifications.Failing("web-09", "the licence has expired"), Notifications.Failing("web-03", "the disk is full"), Notifications.Failing("web-04", "the disk is full")];

        Assert.Equal(["the disk is full — web-[03:04]", "the licence has expired — web-09"], Lines(Announce(hosts)));
    }

    [Fact]
    public void More_than_five_causes_are_counted()
    {
        var hosts = Enumerable.Range(1, 8).Select(number => Notifications.Failing($"web-{number}", $"reason {number}"));

        Assert.Equal("and 3 more causes, on 3 hosts", Lines(Announce([.. hosts]))[^1]);
    }

    [Fact]
    public void A_line_that_hosts_say_in_words_of_their_own_says_whose_it_is()
    {
        HostRecord[] hosts = [Said("web-1", "/tmp/a1: full", 1), Said("web-2", "/tmp/b2: full", 0)];

        Assert.Equal(["e.g. web-1: /tmp/a1: full"], Lines(Announce(hosts)));

        static HostRecord Said(string name, string line, int at) => Notifications.Failing(name, at) with { Cause = new(line, "full") };
    }

    [Theory]
    [InlineData("/bin/false -x", "/bin/false -x ended with code 3 and printed nothing")]
    [InlineData(null, "it ended with code 3 and printed nothing")]
    public void A_command_that_says_nothing_is_named_instead(string? command, string expected)
    {
        var seen = command is null ? Silent : Silent with { Details = JsonSerializer.SerializeToElement(new { cmd = command }) };

        Assert.Equal([expected], Lines(Notifications.Announce(seen)));
        Assert.Equal([$"e.g. web-01: {expected}"], Lines(Notifications.Announce(seen, 2)));
    }

    [Fact]
    public void A_loop_is_explained_by_its_items_those_with_one_reason_together()
    {
        var seen = Notifications.Failed with { Message = "One or more items failed", Items = [new("a", "x"), new("b", "y"), new("c", "x")] };

        Assert.Equal(["a, c: x", "b: y"], Lines(Notifications.Announce(seen)));
    }

    [Fact]
    public void A_loops_items_are_those_of_one_host_alone()
    {
        var seen = Notifications.Failed with { Message = "One or more items failed", Cause = "x", CauseKey = "00000000000000aa", Items = [new("a", "x"), new("b", "y")] };

        Assert.Equal(["x"], Lines(Notifications.Announce(seen, 2)));
    }

    [Fact]
    public void An_update_says_first_what_nobody_has_read()
    {
        HostRecord[] hosts = [Notifications.Failing("web-01"), Notifications.Failing("web-02"), Notifications.Failing("web-03"), Notifications.Failing("web-04", "the disk is full")];

        Assert.Equal(
            ["new: the disk is full — web-04", "also now: No package matching 'nginx-extra' is available — web-[02:03]"],
            Lines(Notifications.Of(NotificationKind.Update, Notifications.Failed, hosts, ["web-01"])));
    }

    [Fact]
    public void A_reminder_has_the_hosts_of_each_cause()
    {
        HostRecord[] hosts = [Notifications.Failing("web-01"), Notifications.Failing("web-02"), Notifications.Failing("web-04", "the disk is full")];

        Assert.Equal(
            ["No package matching 'nginx-extra' is available — web-[01:02]", "the disk is full — web-04"],
            Lines(Notifications.Of(NotificationKind.Remind, Notifications.Failed, hosts, Notifications.Names(4))));
    }

    [Fact]
    public void A_resolution_explains_only_what_nobody_was_told_of()
    {
        Assert.Empty(Lines(Notifications.Of(NotificationKind.Resolve, Notifications.Failed, Notifications.Recovered(1), Notifications.Names(1))));
        Assert.Single(Lines(Notifications.Of(NotificationKind.Resolve, Notifications.Failed, Notifications.Recovered(1))));
    }

    [Fact]
    public void What_has_failed_and_is_well_again_before_anybody_read_of_it_is_explained_too()
    {
        HostRecord[] hosts = [Notifications.Recovered(Notifications.Failing("web-01", "the disk is full")), Notifications.Failing("web-02")];

        Assert.Equal(["the disk is full — web-01", "No package matching 'nginx-extra' is available — web-02"], Lines(Announce(hosts)));
    }

    private static Notification Announce(HostRecord[] hosts) => Notifications.Of(NotificationKind.Announce, Notifications.Failed, hosts);

    private static IReadOnlyList<string> Lines(Notification notification) => new CauseLines(notification, new IncidentHosts(notification)).Lines();
}
