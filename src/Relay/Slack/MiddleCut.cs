namespace Relay.Slack;

/// <summary>Leaves out the middle of a wire text: what was done stands at its start, why it failed at its end.</summary>
internal static class MiddleCut
{
    // "… 1234567890 characters left out …" is the longest mark, and the tail may begin up to four characters early.
    private const int RoomForMark = 40;

    /// <summary>At most <paramref name="max"/> characters, with a mark that says how many lines or characters are left out.</summary>
    public static string Of(string wire, int max)
    {
        if (wire.Length <= max)
        {
            return wire;
        }

        if (max <= 2 * RoomForMark)
        {
            return SlackText.Cut(wire, max);
        }

        var room = max - RoomForMark;
        var head = SlackText.Before(wire, room * 2 / 3);
        var tail = SlackText.Before(wire, wire.Length - (room / 3));
        return ByLines(wire, head, tail) ?? $"{wire[..head]}… {Characters(wire[head..tail])} characters left out …{wire[tail..]}";
    }

    /// <summary>Whole lines only, unless that gives up half of what would be kept.</summary>
    private static string? ByLines(string wire, int head, int tail)
    {
        var end = wire.LastIndexOf('\n', head);
        var start = wire.IndexOf('\n', tail - 1) + 1;
        return end < head / 2 || start == 0 || wire.Length - start < (wire.Length - tail) / 2
            ? null
            : $"{wire[..end]}\n{Lines(wire[(end + 1)..start])}\n{wire[start..]}";
    }

    private static string Lines(string left) =>
        left.AsSpan().Count('\n') is > 1 and var count ? $"… {count} lines left out …" : "… 1 line left out …";

    /// <summary>Counts what a reader would see: an entity and a surrogate pair are one character each.</summary>
    private static int Characters(string wire) => SlackText.Unescape(wire).EnumerateRunes().Count();
}
