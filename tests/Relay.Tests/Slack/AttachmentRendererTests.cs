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
    public void The_incident_began_when_the_relay_first_heard_of_it()
    {
        var hosts = new[] { Notifications.Failing("web-02", index: 9), Notifications.Failing("web-01", index: 3) };

        Assert.Equal(Notifications.Began.AddSeconds(3), AttachmentRenderer.Render(Notifications.Of(NotificationKind.Announce, Notifications.Failed, hosts)).Ts);
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
    public void The_footer_says_which_run_it_was()
    {
        var bare = Notifications.Run with { Playbook = null, AnsibleVersion = null };

        Assert.Equal("site.yml · ctl-01.example.com · ansible-core 2.18.1", Render(Notifications.Run).Footer);
        Assert.Equal("ctl-01.example.com", Render(bare).Footer);
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
            AttachmentRenderer.Render(Notifications.Of(NotificationKind.Resolve, seen, Notifications.Recovered(1))).Fallback);
    }

    [Fact]
    public void Hostile_text_stays_inert_and_every_size_is_kept()
    {
        foreach (var seed in Enumerable.Range(0, 400))
        {
            var attachment = AttachmentRenderer.Render(HostileNotification.Of(seed));

            string[] lines = [attachment.Title, attachment.Fallback, attachment.Footer, .. attachment.Fields.Select(field => field.Title)];
            Assert.All(lines, WireAssert.IsInertLine);
            Assert.All(attachment.Fields, field => WireAssert.IsInert(field.Value));
            Assert.All(attachment.Fields, field => Assert.InRange(field.Value.Length, 1, 320));
            Assert.InRange(attachment.Title.Length, 1, 150);
            Assert.InRange(attachment.Fallback.Length, 1, 300);
            Assert.InRange(attachment.Footer.Length, 1, 300);
            Assert.InRange(attachment.Length, 1, AttachmentRenderer.Longest);

            if (attachment.Text is { } text)
            {
                WireAssert.IsOneFence(text);
            }
        }
    }

    private static Attachment Render(Run run) => AttachmentRenderer.Render(Notifications.Announce(Notifications.Failed, run: run));
}
