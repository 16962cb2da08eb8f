namespace Relay.Reports;

/// <summary>Tells of a message that could not be handled as an Ansible run tells of a failure: so it is folded, paced and told as any other.</summary>
internal static class PoisonReport
{
    /// <summary>Where the relay says that the failure is: on itself.</summary>
    public const string Host = "slack-relay";

    /// <summary>One event for the default route, which holds nothing of the message but its size and its kind.</summary>
    /// <remarks>What its fingerprint is made of is the same for every message. What differs is the item.</remarks>
    /// <param name="parked">The name of the blob that the message is in.</param>
    public static EventsMessage Of(PoisonMessage poison, string parked, DateTimeOffset at) => new(
        at,
        null,
        new Run { Id = poison.Hash, Source = Host },
        [
            new Event
            {
                // Somebody may put the message back into the queue, where it fails again: that is news.
                Id = $"{poison.Hash}-{at.UtcTicks}",
                Kind = EventKind.Failed,
                At = at,
                Host = Host,
                Task = "Handle a report",
                Message = "A message of the relay's queue could not be handled. It was put aside; failures that it reports may not have been told.",
                Items = [new FailedItem(parked, $"{poison.Kind}, {poison.Bytes} bytes")],
            },
        ]);
}
