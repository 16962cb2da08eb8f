namespace Relay.Tests.Slack;

/// <summary>Text from a play that tries to be more than text. The same seed always gives the same text.</summary>
internal static class HostileText
{
    private static readonly string[] Pieces =
    [
        "&", "<", ">", "&amp;", "&lt;", "&#60;", "<!channel>", "<!here|x>", "<@U0>", "<http://example.com|click>",
        "<!subteam^S0|@ops>", "<!date^0^{date}|x>", "<#C0>", "<mailto:x@example.com>", "<javascript:alert(1)|x>", "<<", ">>", "|", "!", "^",
        "&lt", "&gt", "&amp", "&amp;lt;", "&#x3c;", "&quot;", "&;", "%3C", "\\u003c", ";",
        "http://example.com/?a=1&b=2", "www.example.com", "x@example.com", "javascript:alert(1)",
        "@here", "@channel ", "@Everyone", "@group", "@", "here", "everyone", "\uff20here", "#general", "`", "``", "```", "````", "~~~",
        "*bold*", "_i_", "~s~", ":fire:",
        "\u001b[31m", "\u001b[0m", "\u001b[", "\u001b]8;;http://example.com\u0007", "\u001b]0;", "\u001b\\", "\u001b", "\u009b1m",
        "\r\n", "\r", "\n", "\n\n\n", "\t", "\0", "\a", "\b", "\u007f", "\u0085", "\u2028", "\u2029", "\u202e", "\u2066", "\u2069", "\u200b", "\u200f", "\ufeff", "\u00ad",
        "😀", "👩‍👩‍👧", "\ud83d", "\ude00", "\uffff", "é", "漢字", "\"", "\\", "'", "/", "{", "}", " ", "word", "0123456789", "…",
    ];

    public static IEnumerable<string> Samples(int count, int pieces = 60) =>
        Enumerable.Range(0, count).Select(seed => Of(seed, pieces));

    public static string Of(int seed, int pieces)
    {
        var random = new Random(seed);
        var sample = Enumerable.Range(0, random.Next(pieces)).Select(_ => Pieces[random.Next(Pieces.Length)]);
        return string.Concat(sample.Select(piece => random.Next(40) == 0 ? string.Concat(Enumerable.Repeat(piece, 300)) : piece));
    }
}
