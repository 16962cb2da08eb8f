using Relay.Incidents;
using Relay.Reports;
using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class AttachmentRendererTests
{
    [Fact]
    public void The_colour_says_what_kind_of_news_it_is()
    {
        var failed = AttachmentRenderer.Render(Notices.Announce(Notices.Failed)).Color;
        var unreachable = AttachmentRenderer.Render(Notices.Announce(Notices.Unreachable)).Color;
        var resolved = AttachmentRenderer.Render(Notices.Of(Saying.Resolve, Notices.Failed, Notices.Recovered(1))).Color;

        Assert.Equal(3, new[] { failed, unreachable, resolved }.Distinct().Count());
        Assert.Equal(failed, AttachmentRenderer.Render(Notices.Of(Saying.Remind, Notices.Failed, Notices.Failing(1))).Color);
        Assert.Equal(resolved, AttachmentRenderer.Render(Notices.Of(Saying.Resolve, Notices.Unreachable, Notices.Recovered(1))).Color);
    }

    [Fact]
    public void The_incident_began_when_the_relay_first_heard_of_it()
    {
        var hosts = new[] { Notices.Failing("web-02", index: 9), Notices.Failing("web-01", index: 3) };

        Assert.Equal(Notices.Began.AddSeconds(3), AttachmentRenderer.Render(Notices.Of(Saying.Announce, Notices.Failed, hosts)).Ts);
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
        Assert.Equal(expected, Render(Notices.Run with { Link = link }).TitleLink);

    [Fact]
    public void A_link_too_long_for_a_message_is_left_out()
    {
        var run = Notices.Run with { Link = "https://ci.example.com/" + new string('x', 2_000) };

        Assert.Null(Render(run).TitleLink);
    }

    [Fact]
    public void The_footer_says_which_run_it_was()
    {
        var bare = Notices.Run with { Playbook = null, AnsibleVersion = null };

        Assert.Equal("site.yml · ctl-01.example.com · ansible-core 2.18.1", Render(Notices.Run).Footer);
        Assert.Equal("ctl-01.example.com", Render(bare).Footer);
    }

    [Fact]
    public void The_fallback_is_the_title_and_the_errors_first_line()
    {
        var seen = Notices.Failed with { Message = "\u001b[31mfirst\u001b[0m\nsecond" };

        Assert.Equal("Install nginx failed on web-01: first", AttachmentRenderer.Render(Notices.Announce(seen)).Fallback);
        Assert.Equal(
            "Install nginx failed on web-01: E: nope",
            AttachmentRenderer.Render(Notices.Announce(seen with { Message = " \n", Stderr = "E: nope" })).Fallback);
        Assert.Equal(
            "Install nginx is fixed on web-01",
            AttachmentRenderer.Render(Notices.Of(Saying.Resolve, seen, Notices.Recovered(1))).Fallback);
    }

    [Fact]
    public void Hostile_text_stays_inert_and_every_size_is_kept()
    {
        foreach (var seed in Enumerable.Range(0, 400))
        {
            var attachment = AttachmentRenderer.Render(HostileNotice.Of(seed));

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

    private static Attachment Render(Run run) => AttachmentRenderer.Render(Notices.Announce(Notices.Failed, run: run));
}
