using Relay.State;
using Relay.Storage;

namespace Simulation.Checks;

/// <summary>What is known of hosts after replaying any message is what was known before, and nobody hears of it.</summary>
internal static class Replay
{
    /// <summary>Enough to meet every kind of message within a few seeds.</summary>
    private const int MostReplayed = 15;

    public static IEnumerable<string> Findings(World world)
    {
        var (before, seen) = (HostsOf(world), world.History.Seen.Count);
        world.Trace?.Add("Every message comes again.");
        foreach (var message in world.Random.Shuffled(world.History.Handled).Take(MostReplayed))
        {
            world.Queue.Put(message, world.Random.Seconds(0, 5));
        }

        world.Rest();
        var after = HostsOf(world);
        return
        [
            .. after.Where(host => !before.TryGetValue(host.Key, out var was) || (was.IsOpen == host.Value.IsOpen && was != host.Value))
                .Select(host => $"A replay has written {host.Key}: {host.Value.Text} in place of {before.GetValueOrDefault(host.Key).Text}"),
            .. before.Keys.Except(after.Keys).Select(host => $"A replay has taken away {host}"),
            .. NothingNew.Findings(world, seen),
        ];
    }

    /// <summary>Where an incident is closed meanwhile, its time has come; what opens its hosts again is said, too.</summary>
    private static Dictionary<string, (bool IsOpen, string Text)> HostsOf(World world) => world.Blobs.Blobs
        .Where(blob => blob.Name.Contains("/hosts/", StringComparison.Ordinal))
        .ToDictionary(blob => blob.Name, blob => (HostMetadata.Read(blob.Metadata).Counts, Text(blob)));

    private static string Text(StoredBlob blob) => $"[{string.Join(", ", blob.Metadata.Select(one => $"{one.Key}={one.Value}"))}] {blob.Content}";
}
