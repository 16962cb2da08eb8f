using System.Text.Json;
using Relay.Incidents;
using Relay.Reports;
using Relay.Text;

namespace Relay.Messages;

/// <summary>Makes an event small enough for a queue message by cutting its longest texts in the middle.</summary>
internal static class EventCutter
{
    /// <summary>Texts no longer than this stay whole.</summary>
    private const int Shortest = 200;

    /// <summary>The same for texts that the fingerprint is made of, so that a cut changes none.</summary>
    private const int ShortestName = 400;

    private const int ItemsKept = 10;

    /// <summary>The event, cut where it has more than <paramref name="largest"/> bytes as JSON.</summary>
    public static Event Fit(Event whole, int largest)
    {
        // What does not fit with all its texts cut to the shortest has too many of them: details go first, then items.
        Event[] smaller = [whole, whole with { Details = null }, WithFewItems(whole), whole with { Details = null, Items = null }];
        return smaller.Select(one => CutTo(one, largest)).OfType<Event>().First();
    }

    /// <summary>The event as JSON, in bytes.</summary>
    public static int Size(Event one) => JsonSerializer.SerializeToUtf8Bytes(one, MessageJson.Compact.Event).Length;

    /// <summary>The event with no text longer than it has to be; null if it cannot be made to fit.</summary>
    private static Event? CutTo(Event one, int largest)
    {
        if (Size(one) <= largest)
        {
            return one;
        }

        // Bisects the length that every text is cut to: all long ones are cut alike, and short ones not at all.
        var (fits, tooLong) = (Shortest, largest);
        if (Size(Cut(one, fits)) > largest)
        {
            return null;
        }

        while (tooLong - fits > Shortest)
        {
            var middle = (fits + tooLong) / 2;
            (fits, tooLong) = Size(Cut(one, middle)) <= largest ? (middle, tooLong) : (fits, middle);
        }

        return Cut(one, fits);
    }

    private static Event Cut(Event one, int longest)
    {
        return one with
        {
            Play = Short(one.Play),
            Task = Short(one.Task, ShortestName),
            WrittenTask = Short(one.WrittenTask, ShortestName),
            Role = Short(one.Role, ShortestName),
            Action = Short(one.Action, ShortestName),
            Path = Short(one.Path, ShortestName),
            Message = Short(one.Message),
            Stdout = Short(one.Stdout),
            Stderr = Short(one.Stderr),
            Items = one.Items?.Select(item => new FailedItem(LongText.Cut(item.Item, longest), Short(item.Message))).ToList(),
        };

        string? Short(string? text, int shortest = Shortest) => text is null ? null : LongText.Cut(text, Math.Max(shortest, longest));
    }

    private static Event WithFewItems(Event one) => one.Items is not { Count: > ItemsKept } items
        ? one
        : one with
        {
            Details = null,
            Items = [.. items.Take(ItemsKept), new FailedItem($"[{items.Count - ItemsKept} more items left out]", null)],
        };
}
