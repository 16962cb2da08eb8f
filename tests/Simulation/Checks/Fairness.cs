using Simulation.Slack;

namespace Simulation.Checks;

/// <summary>Where nothing goes wrong, no news waits behind younger news of others for more than one message.</summary>
internal static class Fairness
{
    /// <summary>Of two that come within less than this either may be first: the queue keeps no order.</summary>
    private static readonly TimeSpan _together = TimeSpan.FromSeconds(4);

    public static IEnumerable<string> Findings(World world) => world.IsCalm
        ? world.Scenario.Troubles.Select(trouble => world.History.SeenOf(trouble).FirstOrDefault()).OfType<SeenNotification>()
            .GroupBy(one => one.Trouble?.Origin.Route)
            .SelectMany(route => Findings([.. route], world))
        : [];

    private static IEnumerable<string> Findings(List<SeenNotification> announced, World world)
    {
        var happened = announced.ToDictionary(one => one, one => world.Scenario.Lives
            .Where(life => life.Trouble == one.Trouble)
            .Min(life => life.Failures.First().SentAt));
        foreach (var late in announced)
        {
            var younger = announced.Where(one => one.At < late.At && happened[one] > happened[late] + _together).Select(one => one.At).Distinct().Count();
            if (younger > 1)
            {
                yield return $"{late}, which happened at {happened[late]:HH:mm:ss}, waits behind {younger} messages of younger news.";
            }
        }
    }
}
