using System.Text.Json;
using System.Text.RegularExpressions;
using Relay.Incidents;
using Relay.Reports;
using Relay.Text;

namespace Relay.Slack;

/// <summary>What else the failed task has said, in a fence of its own and of one host: what tells most first, and nothing twice.</summary>
internal static partial class OutputText
{
    private const int LongestMessage = 800;
    private const int LongestStream = 500;

    /// <summary>The fence, at most so long; null where the causes say it all.</summary>
    /// <param name="said">The lines that stand above it.</param>
    public static string? Of(Notification notification, IncidentHosts hosts, IReadOnlyList<string> said, int room)
    {
        var seen = notification.Incident.Evidence.Event;
        List<string> lines = [Cause.Of(seen).Line, .. said.Select(SlackText.Unescape)];
        List<string> parts = [];

        // An exception's own place in the code is worth more than the frames above it.
        foreach (var text in (string[])[.. Frames(seen), .. Texts(seen)])
        {
            var wire = MiddleCut.Of(SlackText.Block(Unsaid(text, lines)), parts.Count == 0 ? LongestMessage : LongestStream);
            if (wire.Length > 0)
            {
                parts.Add(wire);
                lines.AddRange(CleanText.Of(text).Split('\n'));
            }
        }

        if (parts.Count == 0
            && said.Count == 0
            && seen.Details is { ValueKind: JsonValueKind.Object } details
            && details.EnumerateObject().Any())
        {
            parts.Add(MiddleCut.Of(SlackText.Block(details.GetRawText()), LongestStream));
        }

        var whose = hosts.IsOne ? "" : $"{SlackText.Escape(CleanText.Line(seen.Host))}:\n";
        return parts.Count == 0 ? null : SlackText.Fence(whose + string.Join('\n', parts), room);
    }

    private static IEnumerable<string> Texts(Event seen) =>
        ((string?[])[GenericMessage.Is(seen.Message) ? null : seen.Message, seen.Stderr, seen.Stdout]).OfType<string>();

    /// <summary>The line of the code that raised the exception, as one line.</summary>
    private static IEnumerable<string> Frames(Event seen)
    {
        foreach (var text in Texts(seen).Select(CleanText.Of))
        {
            if (Frame.Matches(text).LastOrDefault(frame => !frame.ValueSpan.Contains("site-packages", StringComparison.Ordinal)) is { } own)
            {
                yield return $"{own.Groups["place"].Value.Trim()} → {own.Groups["code"].Value.Trim()}";
                yield break;
            }
        }
    }

    /// <summary>The text without the lines that stand above it; nothing where only its trailing dots and blanks differ.</summary>
    private static string Unsaid(string text, List<string> said)
    {
        var lines = CleanText.Of(text).Split('\n');
        return string.Join('\n', lines.Where(line => !ExitCode.IsMatch(line) && !said.Exists(other => Says(other, line))));
    }

    /// <summary>What stands before the same words, such as "fatal: ", tells nothing more.</summary>
    private static bool Says(string said, string line)
    {
        var wanted = CleanText.Line(line).TrimEnd('.');
        return wanted.Length > 0 && CleanText.Line(said) is var text
            && (text.TrimEnd('.') == wanted
                || (wanted.Length > 8 && text.Contains(wanted, StringComparison.Ordinal))
                || (text.Length > 8 && wanted.EndsWith(text.TrimEnd('.'), StringComparison.Ordinal)));
    }

    // The line under the causes has it.
    [GeneratedRegex("ended with (?:exit )?code -?[0-9]+$")]
    private static partial Regex ExitCode { get; }

    [GeneratedRegex("""^ *(?<place>File "[^"\n]{1,300}", line [0-9]{1,9}, in [^\n]{1,100})\n(?<code> +[^\n]{1,300})""", RegexOptions.Multiline)]
    private static partial Regex Frame { get; }
}
