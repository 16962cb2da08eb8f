using System.Globalization;
using System.Text.RegularExpressions;
using Relay.Incidents;
using Relay.Reports;

namespace Relay.Slack;

/// <summary>The items of a loop that failed, those with one reason together.</summary>
/// <param name="Count">How many failed; 0 where it was no loop.</param>
/// <param name="Total">How many items the loop had; null where nobody knows.</param>
internal sealed partial record LoopItems(int Count, int? Total)
{
    private const int MostLines = 5;
    private const int MostNames = 6;
    private const int LongestItem = 60;

    /// <summary>How many items failed, in words.</summary>
    public string Number => (Count, Total) switch
    {
        (_, { } total) when total >= Count => string.Create(CultureInfo.InvariantCulture, $"{Count} of {total} items"),
        (1, _) => "one item",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Count} items"),
    };

    /// <summary>Counts the failed items of the event.</summary>
    /// <remarks>Where there are many, the callback's last item says how many more there are.</remarks>
    public static LoopItems Of(Event seen)
    {
        var items = seen.Items ?? [];
        var count = items.Count > 0 && items[^1].Message is null && More.Match(items[^1].Item) is { Success: true } more
            ? items.Count - 1 + int.Parse(more.ValueSpan[2..^5], CultureInfo.InvariantCulture)
            : items.Count;
        return new(count, seen.ItemCount);
    }

    /// <summary>A line of wire text for each reason, at most so long; none where the items say no more than the event's message.</summary>
    public static IReadOnlyList<string> Lines(Event seen, int longest)
    {
        var reasons = (seen.Items ?? []).Take(50).GroupBy(item => ReasonOf(seen, item)).ToList();
        var left = reasons.Skip(MostLines).Sum(reason => reason.Count());
        return
        [
            .. reasons.Take(MostLines).Select(reason => SlackText.Cut(
                Names([.. reason]) + (reason.Key.Length > 0 ? $": {SlackText.Block(reason.Key)}" : ""), longest)),
            .. left > 0 ? (string[])[$"and {left} more items"] : [],
        ];
    }

    private static string ReasonOf(Event seen, FailedItem item)
    {
        var reason = FirstLineOf(item.Message);
        return GenericMessage.Is(reason) ? FirstLineOf(seen.Cause ?? seen.Stderr) : reason;
    }

    private static string FirstLineOf(string? text) => Text.CleanText.Of(text).Trim().Split('\n')[0];

    private static string Names(FailedItem[] items) =>
        string.Join(", ", items.Take(MostNames).Select(item => SlackText.CodeLine(item.Item, LongestItem)))
        + (items.Length > MostNames ? $" and {items.Length - MostNames} more" : "");

    [GeneratedRegex(@"^\+ [0-9]{1,6} more$")]
    private static partial Regex More { get; }
}
