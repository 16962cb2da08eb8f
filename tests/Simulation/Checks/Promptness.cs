using Relay.Delivery;
using Simulation.Plays;

namespace Simulation.Checks;

/// <summary>Where nothing goes wrong, the first failure of every host is delivered as soon as the policy wants it.</summary>
internal static class Promptness
{
    /// <summary>For the report, the queue, and flushes that meet each other.</summary>
    private static readonly TimeSpan _ways = TimeSpan.FromSeconds(15);

    public static IEnumerable<string> Findings(World world) =>
        world.IsCalm ? world.Scenario.Lives.SelectMany(life => Findings(life, world)) : [];

    private static IEnumerable<string> Findings(Life life, World world)
    {
        var first = life.Failures.First();
        var isFirst = world.Scenario.LivesOf(life.Trouble).All(other => other.Failures.First().SentAt >= first.SentAt);
        var queued = Pacing.Interval * 2 * world.Scenario.Troubles.Count;
        var latest = first.SentAt + (isFirst ? World.Policy.GroupWait : Flapping.GapAt(first.SentAt, life.Trouble, world)) + queued + _ways;

        // What is well again by then may wait until all has been well for long enough.
        var isWell = life.OpenAt(latest).Count == 0;
        if (!isWell && !world.History.SeenOf(life.Trouble).Any(one => one.Hosts.Contains(life.Machine.Name) && one.At >= first.SentAt && one.At <= latest))
        {
            yield return $"{first} was not delivered by {latest:HH:mm:ss}.";
        }
    }
}
