using System.Text;

namespace Relay.Reports;

/// <summary>Packs a report's events into as few queue messages as hold them.</summary>
internal static class ReportPacker
{
    /// <summary>The largest message in bytes of UTF-8: Base64 makes 64 KiB of 48 KiB, which is what Azure's queues take.</summary>
    public const int Largest = 48 * 1024 - 1;

    /// <summary>A run larger than this goes without its link and labels, so that there is room for events.</summary>
    private const int LargestRun = 8 * 1024;

    /// <summary>The messages for a report that the relay received at <paramref name="receivedAt"/>.</summary>
    /// <remarks>
    /// What a host says of one task stays together, in its order: a report that is sent again because nobody answered is in the queue
    /// twice, and between two messages each copy of a failure and of its recovery could be overtaken by the other one.
    /// </remarks>
    public static IReadOnlyList<EventsMessage> Pack(Report report, DateTimeOffset receivedAt)
    {
        if (report.Events.Count == 0)
        {
            return [];
        }

        var empty = new EventsMessage(receivedAt, report.Channel, report.Run, []);
        if (Size(empty) > LargestRun)
        {
            empty = empty with { Run = report.Run with { Link = null, Labels = null } };
        }

        // The time of a later message may be written with up to eight characters more.
        var room = Largest - Size(empty) - 8;
        var stories = report.Events
            .GroupBy(one => (one.Host, one.Task, one.Path, one.Action))
            .Select(story => story.Select(one => EventCutter.Fit(one, room - 1)).ToList());
        var events = new List<Event>();
        var messages = new List<EventsMessage>();
        var (first, used) = (0, 0);

        foreach (var story in stories)
        {
            var together = story.Sum(SizeInList);
            foreach (var one in story)
            {
                var size = SizeInList(one);
                if (used + (together <= room ? together : size) > room)
                {
                    messages.Add(Message(first, events.Count));
                    (first, used) = (events.Count, 0);
                }

                events.Add(one);
                used += size;
                together -= size;
            }
        }

        messages.Add(Message(first, events.Count));
        return messages;

        EventsMessage Message(int from, int to) => empty with { ReceivedAt = empty.ReceivedAtOf(from), Events = events[from..to] };
    }

    /// <summary>With the comma behind it.</summary>
    private static int SizeInList(Event one) => EventCutter.Size(one) + 1;

    private static int Size(EventsMessage message) => Encoding.UTF8.GetByteCount(message.ToJson());
}
