using System.Text.RegularExpressions;

namespace Relay.Text;

/// <summary>Text as a terminal would have left it: without escape sequences and what nobody sees, and always valid Unicode.</summary>
internal static partial class CleanText
{
    /// <summary>Keeps line breaks (as <c>\n</c>) and tabs; half a surrogate pair becomes the replacement character.</summary>
    public static string Of(string? text) =>
        Unseen.Replace(LineBreak.Replace(Sequence.Replace(LoneSurrogate.Replace(text ?? "", "\uFFFD"), ""), "\n"), "");

    /// <summary>The text as one line: a single blank for each run of white space, and none around it.</summary>
    public static string Line(string? text) => WhiteSpace.Replace(Of(text), " ").Trim();

    // ECMA-48: control sequences; the string sequences such as a terminal's title or link, which end in BEL or ESC \; the rest.
    // A string without its end loses its start only, so that a stray ESC ] cannot hide the error behind it.
    [GeneratedRegex(@"\x1B\[[0-?]*[ -/]*[@-~]?|\x1B[\]PX^_](?:[^\x07\x1B\r\n]*(?:\x07|\x1B\\))?|\x1B[ -/]*[0-~]?")]
    private static partial Regex Sequence { get; }

    [GeneratedRegex(@"\r\n?|[\u2028\u2029]")]
    private static partial Regex LineBreak { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace { get; }

    // Besides the control characters, those that turn the direction of text, and those that nobody sees: they make a name read as another
    // one. Two of these join the letters of some scripts and the parts of an emoji, and stay between such. Tags are surrogate pairs.
    [GeneratedRegex(
        @"[\p{Cc}\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0-[\n\t]]+"
        + @"|\uDB40[\uDC00-\uDC7F]|(?<![^\0-\x7F])[\u200C\u200D]+|[\u200C\u200D]+(?![^\0-\x7F])")]
    private static partial Regex Unseen { get; }

    [GeneratedRegex(@"[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]")]
    private static partial Regex LoneSurrogate { get; }
}
