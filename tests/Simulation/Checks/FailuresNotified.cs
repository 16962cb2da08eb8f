using Relay.Incidents;
using Simulation.Plays;

namespace Simulation.Checks;

/// <summary>Every failure that was accepted is in a later notification that names its host. Judged from what Slack shows alone.</summary>
/// <remarks>
/// There are three excuses: people know already that the host fails for this reason; the host has failed again since, and that is known;
/// or a message about the trouble was given up, which people were told of.
/// </remarks>
internal static class FailuresNotified
{
    public static IEnumerable<string> Findings(World world) =>
        from life in world.Scenario.Lives
        where !world.History.PoisonedTroubles.Contains(life.Trouble)
        from failure in life.Failures
        where failure.SentAt <= world.RestedAt && !IsNotified(failure, life, world)
        select $"No notification names {failure}, sent at {failure.SentAt:HH:mm:ss}.";

    private static bool IsNotified(PlannedEvent failure, Life life, World world) =>
        IsNamed(failure, life, world)
        || life.Failures.Where(one => one.SentAt >= failure.SentAt).Any(one => IsKnown(one, life, world));

    private static bool IsNamed(PlannedEvent failure, Life life, World world) => world.History.SeenOf(life.Trouble).Any(next =>
        next.At >= failure.SentAt
        && next.Hosts.Contains(life.Machine.Name)
        && next.Kind switch
        {
            NotificationKind.Remind => false,
            NotificationKind.Resolve => life.Events.Any(one => one.SentAt <= next.At && one.Recovers.Contains(failure)),
            _ => true,
        });

    /// <summary>Whether people had read that the host fails for this reason, and not since that nothing fails any more.</summary>
    private static bool IsKnown(PlannedEvent failure, Life life, World world)
    {
        var newer = failure.SentAt;
        foreach (var before in world.History.SeenOf(life.Trouble).Where(one => one.At <= failure.SentAt).Reverse())
        {
            if (before.IsOver || before.At < newer - World.Policy.StaleAfter)
            {
                return false;
            }

            if (before.Kind != NotificationKind.Remind && before.Hosts.Contains(life.Machine.Name) && life.HasFailedBy(before.At, failure.Cause))
            {
                return true;
            }

            newer = before.At;
        }

        return false;
    }
}
