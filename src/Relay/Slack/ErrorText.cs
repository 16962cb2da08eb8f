using System.Text.Json;
using Relay.Incidents;
using Relay.Reports;
using Relay.Text;

namespace Relay.Slack;

/// <summary>The error in a code fence, the line that says most first: Slack folds what exceeds 700 characters or 5 line breaks.</summary>
internal static class ErrorText
{
    private const int Longest = 1_800;
    private const int LongestMessage = 800;
    private const int LongestAgain = 300;
    private const int LongestStderr = 500;
    private const int LongestStdout = 300;
    private const int LongestItem = 160;
    private const int MostItems = 5;

    /// <summary>The text for <paramref name="notification"/>; null when there is nothing to show.</summary>
    public static string? Of(Notification notification, int room)
    {
        var seen = notification.Incident.Evidence.Event;
        var parts = notification switch
        {
            { Detail: Detail.Whole } => Everything(seen),
            { Detail: Detail.Reminder, Kind: not NotificationKind.Resolve } => Message(seen, LongestAgain),
            _ => [],
        };
        var wire = string.Join('\n', parts);
        return wire.Length == 0 ? null : SlackText.Fence(wire, Math.Min(room, Longest));
    }

    /// <summary>The first line of the failure, for a place that has only one.</summary>
    public static string FirstLine(Event seen, int max)
    {
        string?[] output = [.. Items(seen).Take(1).Select(SlackText.Unescape), seen.Stderr, seen.Stdout];
        string?[] texts = GenericMessage.Is(seen.Message) ? [.. output, seen.Message] : [seen.Message, .. output];
        var text = texts.Select(CleanText.Of).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? "";
        return SlackText.Line(BestLine(text.Trim().Split('\n')), max);
    }

    /// <summary>A Python traceback says at its end what is wrong, most other output at its start.</summary>
    private static string BestLine(string[] lines) =>
        lines[0].StartsWith("Traceback", StringComparison.Ordinal) ? lines[^1] : lines[0];

    private static List<string> Everything(Event seen)
    {
        List<string> output =
        [
            .. Items(seen),
            .. Output("stderr", seen.Stderr, LongestStderr, seen.Message),
            .. Output("stdout", seen.Stdout, LongestStdout, seen.Message, seen.Stderr),
        ];
        string[] code = seen.ReturnCode is { } rc ? [$"rc: {rc}"] : [];

        // "non-zero return code" is not what anybody wants to read first, or at all once the output is there.
        List<string> parts = GenericMessage.Is(seen.Message) && output.Count > 0
            ? [.. output.SkipWhile(line => line is "stderr:" or "stdout:"), .. code]
            : [.. Message(seen, LongestMessage), .. code, .. output];

        // Details are long and seldom of use: better than nothing, but no more than that.
        return parts.Count == 0 ? Details(seen) : parts;
    }

    private static IEnumerable<string> Message(Event seen, int max) => Wire(seen.Message, max) is { Length: > 0 } wire ? [wire] : [];

    private static IEnumerable<string> Items(Event seen)
    {
        var items = seen.Items ?? [];
        foreach (var item in items.Take(MostItems))
        {
            var message = Says(seen.Message, item.Message) ? "" : $": {item.Message}";
            yield return SlackText.Cut(SlackText.Escape(CleanText.Line($"item {item.Item}{message}")), LongestItem);
        }

        if (items.Count > MostItems)
        {
            yield return $"+ {items.Count - MostItems} more items";
        }
    }

    private static IEnumerable<string> Output(string name, string? text, int max, params string?[] said)
    {
        var wire = Wire(text, max);
        return wire.Length == 0 || said.Any(other => Says(other, text)) ? [] : [$"{name}:", wire];
    }

    private static List<string> Details(Event seen) =>
        seen.Details is { ValueKind: JsonValueKind.Object } details && details.EnumerateObject().Any()
            ? [Wire(details.GetRawText(), LongestStderr)]
            : [];

    private static string Wire(string? text, int max) => MiddleCut.Of(SlackText.Block(text), max);

    /// <summary>Whether <paramref name="text"/> already says <paramref name="part"/>, however it is broken into lines.</summary>
    private static bool Says(string? text, string? part) =>
        CleanText.Line(part) is var wanted && (wanted.Length == 0 || CleanText.Line(text).Contains(wanted, StringComparison.Ordinal));
}
