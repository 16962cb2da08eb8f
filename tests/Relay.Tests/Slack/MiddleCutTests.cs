using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class MiddleCutTests
{
    [Fact]
    public void A_text_that_fits_is_left_alone()
    {
        var text = new string('x', 200);

        Assert.Equal(text, MiddleCut.Of(text, 200));
    }

    [Fact]
    public void One_long_line_keeps_its_start_and_end_and_says_how_many_characters_went()
    {
        var text = "start " + new string('x', 1_000) + " end";

        var cut = MiddleCut.Of(text, 200);

        Assert.StartsWith("start x", cut, StringComparison.Ordinal);
        Assert.EndsWith("x end", cut, StringComparison.Ordinal);
        Assert.Contains($"… {text.Length - Shown(cut)} characters left out …", cut, StringComparison.Ordinal);
        Assert.InRange(cut.Length, 180, 200);
    }

    [Fact]
    public void Entities_and_pairs_count_as_the_one_character_that_they_show()
    {
        var cut = MiddleCut.Of(string.Concat(Enumerable.Repeat("&amp;😀", 100)), 200);

        Assert.Contains($"… {200 - (Shown(cut) / "&amp;😀".Length * 2)} characters left out …", cut, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_lines_are_cut_between_lines()
    {
        var text = string.Join('\n', Enumerable.Range(1, 100).Select(line => $"line {line}"));

        var lines = MiddleCut.Of(text, 300).Split('\n');

        var mark = Array.FindIndex(lines, line => line.StartsWith('…'));
        Assert.Equal(Enumerable.Range(1, mark).Select(line => $"line {line}"), lines[..mark]);
        Assert.Equal($"… {100 - (lines.Length - 1)} lines left out …", lines[mark]);
        Assert.Equal("line 100", lines[^1]);
    }

    [Fact]
    public void It_never_grows_and_splits_nothing()
    {
        foreach (var text in HostileText.Samples(500, pieces: 300).Select(SlackText.Block))
        {
            for (var max = 1; max < text.Length; max += 1 + (text.Length / 10))
            {
                var cut = MiddleCut.Of(text, max);
                WireAssert.IsInert(cut);
                Assert.InRange(cut.Length, 0, max);
            }
        }
    }

    private static int Shown(string cut) => cut.Split('…')[0].Length + cut.Split('…')[^1].Length;
}
