namespace Simulation.Checks;

/// <summary>State after replaying any message equals state before, and nobody hears of it.</summary>
internal static class Replay
{
    /// <summary>Enough to meet every kind of message within a few seeds.</summary>
    private const int MostReplayed = 15;

    public static IEnumerable<string> Findings(World world)
    {
        if (world.Scenario.HasLongPauses)
        {
            return []; // By now reminders would be due, and records forgotten.
        }

        var (before, seen) = (StateOf(world), world.History.Seen.Count);
        world.Trace?.Add("Every message comes again.");
        foreach (var message in world.Random.Shuffled(world.History.Handled).Take(MostReplayed))
        {
            world.Queue.Put(message, world.Random.Seconds(0, 5));
        }

        world.Rest();
        return
        [
            .. world.History.Unexpected,
            .. StateOf(world).Except(before).Select(blob => $"A replay has written {blob}"),
            .. before.Except(StateOf(world)).Select(blob => $"A replay has taken away {blob}"),
            .. world.History.Seen.Skip(seen).Select(notification => $"A replay was delivered: {notification}"),
        ];
    }

    private static List<string> StateOf(World world) =>
    [
        .. world.Blobs.Blobs.Where(blob => !blob.Name.EndsWith(".due", StringComparison.Ordinal)).Select(blob => $"{blob.Name} [{string.Join(", ", blob.Metadata.Select(one => $"{one.Key}={one.Value}"))}] {blob.Content}"),
    ];
}
