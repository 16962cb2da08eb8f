using System.Text.Json;
using System.Text.RegularExpressions;

namespace Relay.Tests.Slack;

/// <summary>A payload as Slack reads it: what in it Slack would take for more than text, refuse, cut or split.</summary>
internal static partial class SlackReading
{
    /// <summary>Slack splits a longer one into several messages.</summary>
    private const int LongestText = 4_000;

    /// <summary>Slack asks for no more of them in one message, and cuts longer footers. More than about 13,200 characters in all it refuses.</summary>
    private const int MostAttachments = 20;
    private const int LongestTitle = 1_024;
    private const int LongestFooter = 300;
    private const int LongestMessage = 12_000;

    /// <summary>One line for each; none for a payload that is as it has to be.</summary>
    /// <exception cref="JsonException">It is no JSON, or has a name twice.</exception>
    /// <exception cref="InvalidOperationException">It is no Unicode.</exception>
    public static IReadOnlyList<string> ProblemsOf(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        var payload = document.RootElement;
        var attachments = payload.TryGetProperty("attachments", out var list) ? list.EnumerateArray().ToList() : [];
        var length = TextsOf(payload).Sum(one => one.Text.Length);

        return
        [
            .. Unless(Is(payload, "parse", "\"none\"") && Is(payload, "link_names", "false"), "Slack looks for names and addresses"),
            .. Unless(attachments.Count <= MostAttachments, $"{attachments.Count} attachments"),
            .. Unless(length <= LongestMessage, $"{length} characters in all"),
            .. Unless(attachments.Count > 0 || Has(payload, "text"), "nothing to show"),
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
                .. Unless(!isFormatted || OneFence.IsMatch(text), "is formatted outside of a fence"),
            ],
        };
        return [.. problems, .. Unless(text.Length <= Longest(name), $"{text.Length} characters")];
    }

    private static int Longest(string name) => name switch
    {
        "attachments.title" => LongestTitle,
        "attachments.footer" => LongestFooter,
        _ => LongestText,
    };

    /// <summary>Every text that a reader or Slack sees, whatever it is called.</summary>
    private static IEnumerable<(string Name, string Text)> TextsOf(JsonElement value, string name = "") => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Where(member => member.Name is not ("parse" or "mrkdwn_in" or "channel"))
            .SelectMany(member => TextsOf(member.Value, $"{name}.{member.Name}".TrimStart('.'))),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => TextsOf(item, name)),
        JsonValueKind.String => [(name, value.GetString() ?? "")],
        _ => [],
    };

    private static bool Has(JsonElement value, string name) => value.TryGetProperty(name, out _);

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
