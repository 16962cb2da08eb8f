using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Which of the relay's blobs a name is one of.</summary>
internal static class BlobNames
{
    public static bool IsMark(string name) => name.StartsWith("outbox/", StringComparison.Ordinal);

    public static bool IsHost(string name) => name.Contains("/hosts/", StringComparison.Ordinal);

    public static bool IsIncident(string name) => name.EndsWith("/incident", StringComparison.Ordinal);

    public static bool IsDue(string name) => name.EndsWith(".due", StringComparison.Ordinal);

    public static bool IsPace(string name, BlobCondition condition) => name.StartsWith("routes/", StringComparison.Ordinal) && condition.LeaseId is not null;

    /// <summary>The prefix under which the marks of the route are listed whose due flush is noted in <paramref name="due"/>.</summary>
    public static string MarksOf(string due) => $"outbox/{due["routes/".Length..^".due".Length]}/";
}
