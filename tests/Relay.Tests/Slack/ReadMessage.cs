using System.Text.RegularExpressions;
using Relay.Slack;

namespace Relay.Tests.Slack;

/// <summary>A message as a person reads it: T its title, | the lines of its text, F its footer, P what a locked phone shows.</summary>
internal static partial class ReadMessage
{
    public static string Of(SlackMessage message) => string.Concat(
        message.Attachments.SelectMany(one => (string[])
        [
            Line("C", one.Color), Line("T", one.Title), .. (one.Text ?? message.Text ?? "").Split('\n').Select(line => Line("|", line)), Line("F", one.Footer), Line("P", one.Fallback),
        ]));

    private static string Line(string name, string? wire) =>
        string.IsNullOrEmpty(wire) ? "" : $"{name} {SlackText.Unescape(Date.Replace(wire, "${time}").Replace("\u200b", "", StringComparison.Ordinal))}\n";

    [GeneratedRegex(@"<!date\^[0-9]+\^[^|>]*\|(?<time>[^>]*)>")]
    private static partial Regex Date { get; }
}
