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
    /// The longest that each text may become, which is less than what Slack cuts, folds or splits. A field's value is longest for
    /// a task: a role, a name and a path. A footer is a playbook, a machine and a version.
    /// </summary>
    private static readonly Dictionary<string, int> Longest = new()
    {
        ["text"] = 700,
        ["attachments.color"] = 7,
        ["attachments.fallback"] = 300,
        ["attachments.title"] = 150,
        ["attachments.title_link"] = 1_000,
        ["attachments.text"] = 1_800,
        ["attachments.fields.title"] = 40,
        ["attachments.fields.value"] = 60 + " : ".Length + 120 + "\n".Length + 120,
        ["attachments.footer"] = 80 + " · ".Length + 100 + " · ansible-core ".Length + 40,
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
                .. Unless(!Markup.IsMatch(text), "is markup"),
                .. Unless(!Unseen.IsMatch(text), "has what nobody sees"),
                .. Unless(isFormatted || !Mention.IsMatch(text), "mentions somebody"),
                .. Unless(!isFormatted || text.Length == 0 || OneFence.IsMatch(text), "is formatted outside of a fence"),
            ],
        };
        return [.. problems, .. Unless(text.Length <= Longest[name], $"{text.Length} characters")];
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

    [GeneratedRegex(@"[\p{Cc}\u202A-\u202E\u2066-\u2069\u2028\u2029-[\n\t]]")]
    private static partial Regex Unseen { get; }

    [GeneratedRegex(@"@(here|channel|everyone|group)|(?<!\w)@\w", RegexOptions.IgnoreCase)]
    private static partial Regex Mention { get; }

    // The first mark that follows the opening one is the last thing there is.
    [GeneratedRegex(@"\A```(?:(?!```)[\s\S])+```\z")]
    private static partial Regex OneFence { get; }

    [GeneratedRegex(@"[\s<>|""`\p{Cc}]")]
    private static partial Regex NoAddress { get; }

    [GeneratedRegex(@"\A#[0-9a-f]{6}\z")]
    private static partial Regex Color { get; }
}
