using System.Text.RegularExpressions;

namespace Relay.Tests.Slack;

/// <summary>What holds for every text that goes to Slack.</summary>
internal static partial class WireAssert
{
    /// <summary>Nothing unescaped, no half entity or character, nothing that a terminal or a reader would not see.</summary>
    public static void IsInert(string wire)
    {
        Assert.DoesNotMatch(Markup, wire);
        Assert.DoesNotMatch(HalfCharacter, wire);
        Assert.DoesNotMatch(Unseen, wire);
    }

    public static void IsInertLine(string wire)
    {
        IsInert(wire);
        Assert.DoesNotContain('\n', wire);
        Assert.DoesNotMatch(Mention, wire);
    }

    /// <summary>One fence around everything: it opens with the first three characters and ends with the last three.</summary>
    public static void IsOneFence(string wire)
    {
        IsInert(wire);
        Assert.True(wire.Length > 6);
        Assert.Equal(0, wire.IndexOf("```", StringComparison.Ordinal));
        Assert.Equal(wire.Length - 3, wire.IndexOf("```", 1, StringComparison.Ordinal));
    }

    /// <summary>Fences and spans of code around what others have said, and between them nothing that Slack would format but a time.</summary>
    public static void IsInertText(string wire)
    {
        var inert = SlackReading.WithoutDates(wire);
        IsInert(inert);
        var problems = SlackReading.FormattedOutsideOfCode(inert);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [GeneratedRegex("[<>]|&(?!amp;|lt;|gt;)")]
    private static partial Regex Markup { get; }

    [GeneratedRegex(@"[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]")]
    private static partial Regex HalfCharacter { get; }

    [GeneratedRegex(@"[\p{Cc}\u00AD\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u2028\u2029-[\n\t]]")]
    private static partial Regex Unseen { get; }

    [GeneratedRegex(@"@(here|channel|everyone|group)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Mention { get; }
}
