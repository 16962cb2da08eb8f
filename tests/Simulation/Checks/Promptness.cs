using Relay.Delivery;
using Relay.Incidents;
using Simulation.Plays;
using Simulation.Slack;

namespace Simulation.Checks;

/// <summary>Where nothing goes wrong, everything is delivered as soon as the policy wants it, and no sooner.</summary>
internal static class Promptness
{
    /// <summary>For the report, the queue, and flushes that meet each other.</summary>
    private static readonly TimeSpan _ways = TimeSpan.FromSeconds(15);

    public static IEnumerable<string> Findings(World world) =>
        world.IsCalm ? world.Scenario.Events.GroupBy(one => one.Trouble).SelectMany(trouble => Findings(world, trouble)) : [];

    private static IEnumerable<string> Findings(World world, IGrouping<Trouble, PlannedEvent> trouble)
    {
        List<SeenNotification> notifications = [.. world.History.Seen.Where(notification => notification.Incident == trouble.Key.Task)];
        var first = trouble.Min(one => one.SentAt);
        var queued = Pacing.Interval * 2 * world.Scenario.Troubles.Count;

        foreach (var life in trouble.GroupBy(one => one.Host).Select(life => life.MinBy(one => one.SentAt)!))
        {
            var latest = life.SentAt + (life.SentAt == first ? World.Policy.GroupWait : World.Policy.GroupInterval) + queued + _ways;
            if (!notifications.Any(notification => notification.Hosts.Contains(life.Host) && notification.At >= life.SentAt && notification.At <= latest))
            {
                yield return $"{life} was not delivered by {latest:HH:mm:ss}.";
            }
        }

        foreach (var (one, next) in notifications.Zip(notifications.Skip(1)))
        {
            if (one.Kind != NotificationKind.Resolve && next.Kind == NotificationKind.Update && next.At - one.At < World.Policy.GroupInterval - Pacing.Interval)
            {
                yield return $"\"{next}\" comes {(next.At - one.At).TotalSeconds} s after \"{one}\".";
            }
        }
    }
}
