using System.Text;

namespace Relay.Reports;

/// <summary>Packs a report's events into as few queue messages as hold them.</summary>
internal static class ReportPacker
{
    /// <summary>The largest message in bytes of UTF-8: Base64 makes 64 KiB of 48 KiB, which is what Azure's queues take.</summary>
    public const int Largest = 48 * 1024 - 1;

    /// <summary>A run larger than this goes without its link and labels, so that there is room for events.</summary>
    private const int LargestRun = 8 * 1024;

    /// <summary>The messages for a report that the relay received at <paramref name="receivedAt"/>, in the order of its events.</summary>
    public static IReadOnlyList<EventsMessage> Pack(Report report, DateTimeOffset receivedAt)
    {
        var empty = new EventsMessage(receivedAt, report.Channel, report.Run, []);
        if (Size(empty) > LargestRun)
        {
            empty = empty with { Run = report.Run with { Link = null, Labels = null } };
        }

        // The time of a later message may be written with up to eight characters more.
        var room = Largest - Size(empty) - 8;
        var events = report.Events.Select(one => EventCutter.Fit(one, room - 1)).ToArray();
        var messages = new List<EventsMessage>();
        var (first, used) = (0, 0);

        for (var next = 0; next < events.Length; next++)
        {
            var size = EventCutter.Size(events[next]) + 1; // With the comma behind it.
            if (used + size > room)
            {
                messages.Add(Message(first, next));
                (first, used) = (next, 0);
            }

            used += size;
        }

        messages.Add(Message(first, events.Length));
        return messages;

        EventsMessage Message(int from, int to) => empty with { ReceivedAt = empty.ReceivedAtOf(from), Events = events[from..to] };
    }

    private static int Size(EventsMessage message) => Encoding.UTF8.GetByteCount(message.ToJson());
}
