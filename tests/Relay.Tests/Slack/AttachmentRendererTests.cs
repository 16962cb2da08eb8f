using Relay.Incidents;
using Relay.Reports;
using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class AttachmentRendererTests
{
    [Fact]
    public void The_colour_says_what_kind_of_news_it_is()
    {
        var failed = AttachmentRenderer.Render(Notifications.Announce(Notifications.Failed)).Color;
        var unreachable = AttachmentRenderer.Render(Notifications.Announce(Notifications.Unreachable)).Color;
        var resolved = AttachmentRenderer.Render(Notifications.Of(NotificationKind.Resolve, Notifications.Failed, Notifications.Recovered(1))).Color;

        Assert.Equal(3, new[] { failed, unreachable, resolved }.Distinct().Count());
        Assert.Equal(failed, AttachmentRenderer.Render(Notifications.Of(NotificationKind.Remind, Notifications.Failed, Notifications.Failing(1))).Color);
        Assert.Equal(resolved, AttachmentRenderer.Render(Notifications.Of(NotificationKind.Resolve, Notifications.Unreachable, Notifications.Recovered(1))).Color);
    }

    [Fact]
    public void What_ended_without_a_word_is_grey()
    {
        var ended = AttachmentRenderer.Render(Notifications.Of(NotificationKind.Resolve, Notifications.Failed, Notifications.Failing(2), Notifications.Names(2)).AsState());

        Assert.Equal("#8d8d8d", ended.Color);
        Assert.Equal("Install nginx failed on 2 hosts, and nothing was heard of it since", ended.Title);
    }

    [Fact]
    public void The_causes_come_first_then_where_then_what_to_do_then_what_else_was_said()
    {
        var seen = Notifications.Failed with { Stderr = "E: Unable to locate package nginx-extra" };

        Assert.Equal(
            """
            ```No package matching 'nginx-extra' is available```
            nginx · roles/nginx/tasks/main.yml:12 · since <!date^1795316525^{date_short_pretty} {time}|2026-11-22 03:02 UTC>
            `ansible-playbook -i prod.ini site.yml --limit web-01`
            ```E: Unable to locate package nginx-extra```
            """,
            AttachmentRenderer.Render(Notifications.Announce(seen)).Text);
    }

    [Fact]
    public void Hosts_are_ranges_under_the_one_cause()
    {
        var text = AttachmentRenderer.Render(Notifications.Announce(Notifications.Failed, 200)).Text;

        Assert.Contains("available```\nweb-[01:200]\nnginx", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NotificationKind.Update)]
    [InlineData(NotificationKind.Remind)]
    [InlineData(NotificationKind.Return)]
    public void Later_messages_only_call_the_failure_to_mind(NotificationKind kind)
    {
        var seen = Notifications.Failed with { Message = new string('m', 900), Stderr = "more" };

        var text = AttachmentRenderer.Render(Notifications.Of(kind, seen, [Notifications.Failing("web-01") with { Failures = 2 }], [])).Text;

        Assert.StartsWith("```mmm", text, StringComparison.Ordinal);
        Assert.DoesNotContain("more", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ansible-playbook", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resolution_says_how_long_it_lasted_and_nothing_of_why()
    {
        var text = AttachmentRenderer.Render(Notifications.Of(NotificationKind.Resolve, Notifications.Failed, Notifications.Recovered(1), Notifications.Names(1))).Text;

        Assert.Equal("was broken for 42 min, since <!date^1795316525^{date_short_pretty} {time}|2026-11-22 03:02 UTC>", text);
    }

    [Theory]
    [InlineData("https://ci.example.com/job/7?a=1&b=2", "https://ci.example.com/job/7?a=1&b=2")]
    [InlineData(" http://ci.example.com/a b ", "http://ci.example.com/a%20b")]
    [InlineData("https://ci.example.com/<!channel>|x", "https://ci.example.com/%3C!channel%3E%7Cx")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("/job/7", null)]
    [InlineData("https://me:word@ci.example.com/", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_title_leads_to_a_web_page_or_nowhere(string? link, string? expected) =>
        Assert.Equal(expected, Render(Notifications.Run with { Link = link }).TitleLink);

    [Fact]
    public void A_link_too_long_for_a_message_is_left_out()
    {
        var run = Notifications.Run with { Link = "https://ci.example.com/" + new string('x', 2_000) };

        Assert.Null(Render(run).TitleLink);
    }

    [Fact]
    public void A_link_of_one_run_is_not_that_of_others()
    {
        var hosts = Notifications.Failing(2).Select((host, at) => host with { LastRun = $"{at}" });

        Assert.Null(AttachmentRenderer.Render(Notifications.Of(NotificationKind.Announce, Notifications.Failed, hosts)).TitleLink);
    }

    [Fact]
    public void The_fallback_is_the_title_and_the_errors_first_line()
    {
        var seen = Notifications.Failed with { Message = "\u001b[31mfirst\u001b[0m\nsecond" };

        Assert.Equal("Install nginx failed on web-01: first", AttachmentRenderer.Render(Notifications.Announce(seen)).Fallback);
        Assert.Equal(
            "Install nginx failed on web-01: E: nope",
            AttachmentRenderer.Render(Notifications.Announce(seen with { Message = " \n", Stderr = "E: nope" })).Fallback);
        Assert.Equal(
            "Install nginx is fixed on web-01",
            AttachmentRenderer.Render(Notifications.Of(NotificationKind.Resolve, seen, Notifications.Recovered(1), Notifications.Names(1))).Fallback);
    }

    [Fact]
    public void Hostile_text_stays_inert_and_every_size_is_kept()
    {
        foreach (var seed in Enumerable.Range(0, 400))
        {
            var attachment = AttachmentRenderer.Render(HostileNotification.Of(seed));

            string[] lines = [attachment.Title, attachment.Fallback, attachment.Footer ?? ""];
            Assert.All(lines, WireAssert.IsInertLine);
            Assert.InRange(lines[0].Length, 1, 150);
            Assert.InRange(lines[1].Length, 1, 300);
            Assert.InRange(lines[2].Length, 0, 300);
            Assert.InRange(attachment.Length, 1, AttachmentRenderer.Longest);

            if (attachment.Text is { } text)
            {
                WireAssert.IsInertText(text);
                Assert.InRange(text.Length, 1, 1_800);
            }
        }
    }

    private static Attachment Render(Run run) => AttachmentRenderer.Render(Notifications.Announce(Notifications.Failed, run: run));
}
