using System.Text.Json;
using System.Text.RegularExpressions;

namespace Relay.Tests.Slack;

/// <summary>A payload as Slack reads it: what in it Slack would take for more than text, refuse, cut or split.</summary>
internal static partial class SlackReading
{
    /// <summary>Slack asks for no more of them in one message. More than about 13,200 characters in all it refuses.</summary>
    private const int MostAttachments = 20;
    private const int LongestMessage = 12_000;

    /// <summary>What the relay keeps to, so that three incidents fit into every message.</summary>
    private const int LongestAttachment = 4_000;

    /// <summary>
    /// The longest that each text may become, which is less than what Slack cuts or splits.
    /// </summary>
    private static readonly Dictionary<string, int> Longest = new()
    {
        ["text"] = 700,
        ["attachments.color"] = 7,
        ["attachments.fallback"] = 300,
        ["attachments.title"] = 150,
        ["attachments.title_link"] = 1_000,
        ["attachments.text"] = 1_800,
        ["attachments.footer"] = 300,
        ["ts"] = 20,
        ["thread_ts"] = 20,
    };

    /// <summary>One line for each; none for a payload that is as it has to be.</summary>
    /// <exception cref="JsonException">It is no JSON, or has a name twice.</exception>
    /// <exception cref="InvalidOperationException">It is no Unicode.</exception>
    public static IReadOnlyList<string> ProblemsOf(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        var payload = document.RootElement;
        var attachments = payload.TryGetProperty("attachments", out var list) ? list.EnumerateArray().ToList() : [];
        var length = LengthOf(payload);

        return
        [
            .. Unless(Is(payload, "parse", "\"none\"") && Is(payload, "link_names", "false"), "Slack looks for names and addresses"),
            .. Unless(attachments.Count <= MostAttachments, $"{attachments.Count} attachments"),
            .. Unless(length <= LongestMessage, $"{length} characters in all"),
            .. Unless(attachments.Count > 0 || TextsOf(payload).Any(one => one is { Name: "text", Text.Length: > 0 }), "nothing to show"),
            .. attachments.Select(LengthOf).Where(one => one > LongestAttachment).Select(one => $"{one} characters in an attachment"),
            .. attachments.Where(one => !Is(one, "mrkdwn_in", """["text"]""")).Select(_ => "Slack formats more than the text of an attachment"),
            .. TextsOf(payload).SelectMany(one => ProblemsOf(one.Name, one.Text).Select(problem => $"{one.Name}: {problem}: {one.Text}")),
        ];
    }

    private static IEnumerable<string> ProblemsOf(string name, string text)
    {
        var isFormatted = name is "text" or "attachments.text";
        IEnumerable<string> problems = name switch
        {
            "attachments.title_link" => Unless(
                Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && !NoAddress.IsMatch(text), "leads astray"),
            "attachments.color" => Unless(Color.IsMatch(text), "is no colour"),
            _ =>
            [
                .. Unless(!Markup.IsMatch(isFormatted ? WithoutDates(text) : text), "is markup"),
                .. Unless(!Unseen.IsMatch(text), "has what nobody sees"),
                .. Unless(isFormatted || !Mention.IsMatch(text), "mentions somebody"),
                .. Unless(isFormatted || !Emoji.IsMatch(text), "has an emoji"),
                .. name switch
                {
                    "text" => Unless(text.Length == 0 || OneFence.IsMatch(text), "is formatted outside of a fence"),
                    "attachments.text" => FormattedOutsideOfCode(WithoutDates(text)),
                    _ => [],
                },
            ],
        };
        return [.. problems, .. Unless(text.Length <= Longest[name], $"{text.Length} characters")];
    }

    /// <summary>The text without the times that Slack shows in the reader's own zone: the one sequence that the relay writes itself.</summary>
    public static string WithoutDates(string text) => Date.Replace(text, "");

    /// <summary>What Slack would make something of, outside of fences and spans of code.</summary>
    public static IReadOnlyList<string> FormattedOutsideOfCode(string text)
    {
        var parts = text.Split("```");
        var outside = string.Concat(parts.Where((_, at) => at % 2 == 0).Select(part => Span.Replace(part, "")));
        return
        [
            .. Unless(parts.Length % 2 == 1, "is formatted by a fence that never ends"),
            .. Unless(!Formatting.IsMatch(outside), $"is formatted outside of a fence: {outside}"),
            .. Unless(!Emoji.IsMatch(outside), "has an emoji"),
            .. Unless(!Mention.IsMatch(outside), "mentions somebody"),
        ];
    }

    private static int LengthOf(JsonElement value) => TextsOf(value).Sum(one => one.Text.Length);

    /// <summary>Every text that a reader or Slack sees, whatever it is called.</summary>
    private static IEnumerable<(string Name, string Text)> TextsOf(JsonElement value, string name = "") => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Where(member => member.Name is not ("parse" or "mrkdwn_in" or "channel"))
            .SelectMany(member => TextsOf(member.Value, $"{name}.{member.Name}".TrimStart('.'))),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => TextsOf(item, name)),
        JsonValueKind.String => [(name, value.GetString() ?? "")],
        _ => [],
    };

    private static bool Is(JsonElement value, string name, string json) => value.TryGetProperty(name, out var member) && member.GetRawText() == json;

    private static string[] Unless(bool holds, string problem) => holds ? [] : [problem];

    [GeneratedRegex("[<>]|&(?!amp;|lt;|gt;)")]
    private static partial Regex Markup { get; }

    [GeneratedRegex(@"[\p{Cc}\u00AD\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u2028\u2029-[\n\t]]")]
    private static partial Regex Unseen { get; }

    [GeneratedRegex(@"@(here|channel|everyone|group)|(?<!\w)@\w", RegexOptions.IgnoreCase)]
    private static partial Regex Mention { get; }

    [GeneratedRegex(@"<!date\^[0-9]{1,12}\^\{date_short_pretty\} \{time\}\|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC>")]
    private static partial Regex Date { get; }

    [GeneratedRegex(@"`[^`\n]+`")]
    private static partial Regex Span { get; }

    [GeneratedRegex(@"[*~`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|^(?:>|&gt;)", RegexOptions.Multiline)]
    private static partial Regex Formatting { get; }

    [GeneratedRegex(@":[\w+'-]+:")]
    private static partial Regex Emoji { get; }

    // The first mark that follows the opening one is the last thing there is.
    [GeneratedRegex(@"\A```(?:(?!```)[\s\S])+```\z")]
    private static partial Regex OneFence { get; }

    [GeneratedRegex(@"[\s<>|""`\p{Cc}]")]
    private static partial Regex NoAddress { get; }

    [GeneratedRegex(@"\A#[0-9a-f]{6}\z")]
    private static partial Regex Color { get; }
}
