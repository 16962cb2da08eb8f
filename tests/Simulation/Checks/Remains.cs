using Relay.State;

namespace Simulation.Checks;

/// <summary>Nothing is left behind once all is over: no mark, no incident, no open host, no due flush, no lease; and what was given up is kept and reported.</summary>
internal static class Remains
{
    public static IEnumerable<string> Findings(World world) => Left(world).Concat(Silenced(world));

    private static IEnumerable<string> Left(World world)
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

            if (blob.Name.EndsWith("/incident", StringComparison.Ordinal))
            {
                yield return $"An incident is left: {blob.Name}.";
            }

            // A message that was given up half-way may have left a host that nobody looks at.
            if (blob.Name.Contains("/hosts/", StringComparison.Ordinal) && HostMetadata.Read(blob.Metadata).Counts && world.History.Poison.Count == 0)
            {
                yield return $"A host is left without an incident: {blob.Name}.";
            }

            if (world.Blobs.IsLeased(blob.Name))
            {
                yield return $"A lease is held by nobody: {blob.Name}.";
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

            if (!world.History.Seen.Any(notification => notification.IsOfRelay))
            {
                yield return "A message was given up, and no notification names it.";
            }
        }
    }
}
