using Relay.Messages;
using Relay.Reports;

namespace Relay.DeadLetters;

/// <summary>Reports a message that could not be handled as a run reports a failure, so that it is delivered as any other.</summary>
internal static class DeadLetterReport
{
    /// <summary>Where the relay says that the failure is: on itself.</summary>
    public const string Host = "slack-relay";

    /// <summary>One event for the default route, which holds nothing of the message but its size and its kind.</summary>
    /// <remarks>What its fingerprint is made of is the same for every message. What differs is the item.</remarks>
    /// <param name="parked">The name of the blob that the message is in.</param>
    public static EventsMessage Of(DeadLetter letter, string parked, DateTimeOffset at) => new(
        at,
        null,
        new Run { Id = letter.Hash, Source = Host, Mode = RunModes.Relay },
        [
            new Event
            {
                // Somebody may put the message back into the queue, where it fails again: that is news.
                Id = $"{letter.Hash}-{at.UtcTicks}",
                Kind = EventKind.Failed,
                At = at,
                Host = Host,
                Task = "Handle a report",
                Message = "A message of the relay's queue could not be handled. It was put aside; "
                    + "failures that it reports may not have reached Slack.",
                Items = [new FailedItem(parked, $"{letter.Kind}, {letter.Bytes} bytes")],
            },
        ]);
}
