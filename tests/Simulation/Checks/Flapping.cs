using Relay.Delivery;
using Relay.Incidents;
using Simulation.Plays;
using Simulation.Slack;

namespace Simulation.Checks;

/// <summary>What fails and is well by turns, or grows, makes a handful of messages: it is slow to be called well, and grows in growing steps.</summary>
internal static class Flapping
{
    /// <summary>Between what is decided and when it is in Slack.</summary>
    private static readonly TimeSpan _ways = TimeSpan.FromSeconds(15);

    public static IEnumerable<string> Findings(World world) =>
        world.IsCalm ? world.Scenario.Troubles.SelectMany(trouble => Findings(trouble, world)) : [];

    /// <summary>The longest that growth may have to wait: as the last gap was, twice as long after each update.</summary>
    public static TimeSpan GapAt(DateTimeOffset at, Trouble trouble, World world)
    {
        var updates = world.History.SeenOf(trouble).Count(one => one.At <= at && one.Kind == NotificationKind.Update);
        return Least(World.Policy.GroupInterval * Math.Pow(2, updates), World.Policy.RepeatInterval);
    }

    private static IEnumerable<string> Findings(Trouble trouble, World world)
    {
        var (returns, gap) = (0, World.Policy.GroupInterval);
        SeenNotification? last = null;
        foreach (var next in world.History.SeenOf(trouble))
        {
            var passed = next.At - (last?.At ?? next.At);
            if (next.Kind == NotificationKind.Update && passed < gap - _ways)
            {
                yield return $"{next} comes {passed} after {last}, and not {gap}.";
            }

            var hold = Least(NotificationPolicy.HoldAfterReturn * Math.Pow(2, returns - 1), World.Policy.RepeatInterval);
            if (next.Kind == NotificationKind.Resolve && returns > 0 && last is { IsOver: false } && passed < hold - _ways)
            {
                yield return $"{next} comes {passed} after {last}, and not {hold}: it was called well {returns} times before.";
            }

            var isQuiet = passed > World.Policy.RepeatInterval;
            (returns, gap) = next.Kind switch
            {
                NotificationKind.Announce => (0, World.Policy.GroupInterval),
                NotificationKind.Return => (returns + 1, World.Policy.GroupInterval),
                NotificationKind.Update => (returns, isQuiet ? World.Policy.GroupInterval : Least(gap * 2, World.Policy.RepeatInterval)),
                NotificationKind.Resolve when last is null || (last.IsOver && isQuiet) => (0, gap),
                _ => (returns, gap),
            };
            last = next;
        }
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
