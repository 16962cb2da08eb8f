using System.Text.RegularExpressions;
using Relay.Text;

namespace Relay.Slack;

/// <summary>Makes text of a play safe to show: it never becomes markup, a mention or a link.</summary>
/// <remarks>
/// "Wire text" is text that is escaped already. Slack sees markup only where it reads <c>mrkdwn</c>, and the relay lets it do so
/// in the text of an attachment and of a message alone. There, what a program said stands in a code fence, a command in a span of code,
/// and all else is <see cref="Prose"/>. In titles and footers asterisks and backticks are just that, and what is left is escaping.
/// https://docs.slack.dev/messaging/formatting-message-text
/// </remarks>
public static partial class SlackText
{
    private const string Ellipsis = "…";
    private const string Mark = "```";
    private const string ZeroWidthSpace = "\u200B";
    private const int LongestEntity = 5;

    /// <summary>Escapes the three characters that Slack asks for and no other, the ampersand first as the others bring one along.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>What a reader sees of a wire text.</summary>
    public static string Unescape(string wire) =>
        wire.Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal);

    /// <summary>The start of a wire text, at most <paramref name="max"/> characters with the mark of the cut.</summary>
    public static string Cut(string wire, int max) =>
        wire.Length <= max ? wire
        : max < Ellipsis.Length ? ""
        : wire[..Before(wire, max - Ellipsis.Length)] + Ellipsis;

    /// <summary>Text as one line of wire text for a title, field or footer.</summary>
    public static string Line(string? text, int max) =>
        Cut(Escape(Parted(CleanText.Line(text))), max);

    /// <summary>Text as a part of a line that Slack formats, as wire text in which there is nothing to format.</summary>
    /// <remarks>
    /// What would be markup becomes a character that looks like it: what Slack makes of one beside a space that nobody sees is not documented.
    /// </remarks>
    public static string Prose(string? text, int max) =>
        Formatting.Replace(Cut(Escape(Parted(CleanText.Line(text))), max), mark => LookAlike(mark.ValueSpan[0]));

    /// <summary>A command to copy, in a span of code; null where the text cannot stand in one.</summary>
    public static string? Code(string text) =>
        text.Length == 0 || text.Contains('`', StringComparison.Ordinal) || CleanText.Line(text) != text ? null : $"`{Escape(text)}`";

    /// <summary>Text as one line of wire text within a fence, where Slack makes nothing of it.</summary>
    public static string CodeLine(string? text, int max) => Cut(Escape(CleanText.Line(text)), max);

    /// <summary>Text with its line breaks, as wire text for a fence.</summary>
    public static string Block(string? text) => Escape(CleanText.Of(text).Trim('\n').TrimEnd());

    /// <summary>A code fence of at most <paramref name="max"/> characters around a wire text, which cannot end it early.</summary>
    /// <remarks>
    /// There are no line breaks beside the marks, as Slack hides what comes after the fifth. Slack looks for no names in a fence,
    /// and people copy from it, so that nothing but backticks is changed there.
    /// </remarks>
    public static string Fence(string wire, int max) =>
        $"{Mark}{MiddleCut.Of(BesideBacktick.Replace(wire, ZeroWidthSpace), max - (2 * Mark.Length))}{Mark}";

    /// <summary>Nothing in it is a mention, or an emoji by its name: an address such as <c>2001:18:100::5</c> would become one.</summary>
    private static string Parted(string line) => Emoji.Replace(Mention.Replace(line, "@" + ZeroWidthSpace), ":" + ZeroWidthSpace);

    private static string LookAlike(char mark) => mark switch
    {
        '*' => "∗",
        '~' => "∼",
        '_' => "ˍ",
        '&' => "›",
        _ => "'",
    };

    /// <summary>The index itself, or the nearest one before it that splits neither an entity nor a surrogate pair.</summary>
    internal static int Before(string wire, int index)
    {
        if (index > 0 && index < wire.Length && char.IsLowSurrogate(wire[index]))
        {
            return index - 1;
        }

        var entity = wire.AsSpan(0, index).LastIndexOf('&');
        return entity >= 0 && index - entity < LongestEntity && wire.AsSpan(entity, index - entity).IndexOf(';') < 0 ? entity : index;
    }

    // Slack says that names are not linked without link_names. A mention of a whole channel or group wakes many people, so that
    // this does not hang on one setting. The four names count wherever they stand, as a cut can end another one after them.
    [GeneratedRegex(@"@(?=here|channel|everyone|group)|(?<!\w)@(?=\w)", RegexOptions.IgnoreCase)]
    private static partial Regex Mention { get; }

    [GeneratedRegex(@":(?=[\w+'-]+:)")]
    private static partial Regex Emoji { get; }

    // An underscore within a word is none. A quotation begins a line.
    [GeneratedRegex("[*~`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|^&gt;")]
    private static partial Regex Formatting { get; }

    // Between two backticks, and where one would stand beside the fence's own.
    [GeneratedRegex(@"\A(?=`)|(?<=`)(?=`|\z)")]
    private static partial Regex BesideBacktick { get; }
}
