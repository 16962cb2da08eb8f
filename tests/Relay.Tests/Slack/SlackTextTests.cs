using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class SlackTextTests
{
    [Theory]
    [InlineData("a & b", "a &amp; b")]
    [InlineData("<!channel>", "&lt;!channel&gt;")]
    [InlineData("&lt;", "&amp;lt;")]
    [InlineData("\"it's\" *bold* `code`", "\"it's\" *bold* `code`")]
    public void Only_the_three_characters_are_escaped(string text, string expected) => Assert.Equal(expected, SlackText.Escape(text));

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("abcdef", 1, "…")]
    [InlineData("abcdef", 0, "")]
    [InlineData("a&amp;b", 6, "a…")]
    [InlineData("a&amp;bc", 7, "a&amp;…")]
    [InlineData("&lt;&gt;&lt;", 8, "&lt;…")]
    [InlineData("a😀b", 3, "a…")]
    [InlineData("a😀bc", 4, "a😀…")]
    public void A_cut_splits_nothing_and_is_marked(string wire, int max, string expected) =>
        Assert.Equal(expected, SlackText.Cut(wire, max));

    [Theory]
    [InlineData(null, "")]
    [InlineData(" two\n\tlines ", "two lines")]
    [InlineData("tell @here and @Everyone", "tell @\u200bhere and @\u200bEveryone")]
    [InlineData("2001:18:100:ab::5 is :fire:", "2001:\u200b18:\u200b100:\u200bab::5 is :\u200bfire:")]
    [InlineData("main.yml:12 · at 03:02", "main.yml:12 · at 03:02")]
    [InlineData("page @oncall, mail me@example.com", "page @\u200boncall, mail me@example.com")]
    public void A_line_is_one_line_and_mentions_nobody(string? text, string expected) => Assert.Equal(expected, SlackText.Line(text, 100));

    [Theory]
    [InlineData("*now* ~not~ `code`", "∗now∗ ∼not∼ 'code'")]
    [InlineData("_x_ and my_role/a_b.yml", "ˍxˍ and my_role/a_b.yml")]
    [InlineData("> quoted > once", "› quoted &gt; once")]
    [InlineData("<!here> @here :tada:", "&lt;!here&gt; @\u200bhere :\u200btada:")]
    public void Prose_has_nothing_that_Slack_would_format(string text, string expected) => Assert.Equal(expected, SlackText.Prose(text, 100));

    [Theory]
    [InlineData("a b | c > d && *", "`a b | c &gt; d &amp;&amp; *`")]
    [InlineData("a `b`", null)]
    [InlineData("a\nb", null)]
    [InlineData("", null)]
    public void A_command_is_a_span_of_code_or_nothing(string text, string? expected) => Assert.Equal(expected, SlackText.Code(text));

    [Theory]
    [InlineData("\u001b[1;31mred\u001b[0m", "red")]
    [InlineData("\u001b]8;;http://example.com\u0007link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001b]0;never ended", "0;never ended")]
    [InlineData("\u001b(Bplain\u001b=", "plain")]
    [InlineData("a\r\nb\rc\u2028d", "a\nb\nc\nd")]
    [InlineData("a\0b\bc\u007fd\u202ee\tf", "abcde\tf")]
    [InlineData("p\u200bay\u2060p\u00adal\ufeff\U000e0041", "paypal")]
    [InlineData("we\u200db 👩‍👧 می‌خواهم", "web 👩‍👧 می‌خواهم")]
    [InlineData("\n\n  indented\n\n", "  indented")]
    [InlineData("1 < 2 && 3", "1 &lt; 2 &amp;&amp; 3")]
    public void A_block_is_what_a_terminal_would_have_left(string text, string expected) => Assert.Equal(expected, SlackText.Block(text));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() =>
        Assert.Equal("\ufffd broken \ufffd whole 😀", SlackText.Block("\ud83d broken \ude00 whole 😀"));

    [Theory]
    [InlineData("plain `code` and ' quotes", "```plain `code` and ' quotes```")]
    [InlineData("a ``` b", "```a `\u200b`\u200b` b```")]
    [InlineData("`x`", "```\u200b`x`\u200b```")]
    [InlineData("`", "```\u200b`\u200b```")]
    public void A_fence_is_not_broken_out_of(string wire, string expected)
    {
        Assert.Equal(expected, SlackText.Fence(wire, 100));

        WireAssert.IsOneFence(expected);
    }

    [Fact]
    public void Hostile_text_stays_inert_however_it_is_cut()
    {
        foreach (var text in HostileText.Samples(1_000))
        {
            for (var max = 1; max < 400; max += 37)
            {
                var line = SlackText.Line(text, max);
                WireAssert.IsInertLine(line);
                Assert.InRange(line.Length, 0, max);
            }

            var block = SlackText.Block(text);
            WireAssert.IsInert(block);

            if (block.Length > 0)
            {
                var fence = SlackText.Fence(block, 200 + (block.Length / 2));
                WireAssert.IsOneFence(fence);
                Assert.InRange(fence.Length, 7, 200 + (block.Length / 2));
            }
        }
    }
}
