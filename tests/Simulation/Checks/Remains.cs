using System.Text.Json;
using Relay.DeadLetters;
using Relay.State;
using Relay.Storage;

namespace Simulation.Checks;

/// <summary>Nothing is left behind once all is delivered: no mark, no due flush, no lease, no orphan; and what was given up is kept and reported.</summary>
internal static class Remains
{
    public static IEnumerable<string> Findings(World world)
    {
        foreach (var blob in world.Blobs.Blobs)
        {
            if (blob.Name.StartsWith("outbox/", StringComparison.Ordinal))
            {
                yield return $"A mark is left: {blob.Name}.";
            }

            // One that was given up stays noted; whoever has news takes over, since its time has passed.
            if (blob.Name.EndsWith(".due", StringComparison.Ordinal) && blob.Metadata.Count > 0 && !world.History.PoisonedRoutes.Contains(blob.Name[7..^4]))
            {
                yield return $"A flush is due that will never come: {blob.Name}.";
            }

            if (world.Blobs.IsLeased(blob.Name))
            {
                yield return $"A lease is held by nobody: {blob.Name}.";
            }
        }

        foreach (var orphan in Orphans(world).Concat(Silenced(world)))
        {
            yield return orphan;
        }
    }

    private static IEnumerable<string> Orphans(World world)
    {
        var poisoned = world.History.PoisonedTasks;
        foreach (var incident in world.Blobs.Blobs.Where(blob => blob.Name.StartsWith("incidents/", StringComparison.Ordinal)).GroupBy(blob => blob.Name.Split('/')[1]))
        {
            var isNotified = incident.Any(blob => blob.Name.EndsWith("/incident", StringComparison.Ordinal));
            var open = incident.FirstOrDefault(IsOpenHost);

            if (isNotified && open is null)
            {
                yield return $"An incident is left without hosts: {incident.Key}.";
            }
            else if (!isNotified && open is not null && !poisoned.Contains(TaskOf(open)))
            {
                yield return $"A host is left without an incident: {open.Name}.";
            }
        }
    }

    private static IEnumerable<string> Silenced(World world)
    {
        foreach (var message in world.History.Poison)
        {
            if (!world.Blobs.Blobs.Any(blob => blob.Name.StartsWith("parked/poison/", StringComparison.Ordinal) && blob.Content == message))
            {
                yield return $"A message was given up and is not kept: {message}";
            }

            if (!world.History.Seen.Any(notification => notification.Hosts.Contains(DeadLetterReport.Host)))
            {
                yield return "A message was given up, and no notification names it.";
            }
        }
    }

    private static bool IsOpenHost(StoredBlob blob) => blob.Name.Contains("/hosts/", StringComparison.Ordinal) && blob.Content is { Length: > 0 } && HasFailed(blob);

    private static bool HasFailed(StoredBlob host) => HostMetadata.Read(host.Metadata).LastFailedAt is not null;

    private static string TaskOf(StoredBlob host) =>
        JsonSerializer.Deserialize(host.Content ?? "", StateJson.Compact.Evidence)?.Event.Task ?? "";
}
