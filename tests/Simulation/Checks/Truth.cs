using Relay.Incidents;
using Simulation.Plays;
using Simulation.Slack;

namespace Simulation.Checks;

/// <summary>Nothing is said that was not so at that time, and nothing under another's name. Holds always, whatever goes wrong.</summary>
internal static class Truth
{
    public static IEnumerable<string> Findings(World world)
    {
        foreach (var notification in world.History.Seen.Concat(world.History.Shown.Values).Where(notification => !notification.IsOfRelay))
        {
            if (notification.Trouble is not { } trouble)
            {
                yield return $"Nobody knows what this is of: {notification}.";
                continue;
            }

            List<Life> lives = [.. world.Scenario.LivesOf(trouble)];
            foreach (var host in notification.Hosts.Where(host => !lives.Any(life => life.Machine.Name == host && life.HasFailedBy(notification.At))))
            {
                yield return $"{host} had not failed: {notification}.";
            }

            foreach (var cause in notification.Causes.Where(cause => !lives.Any(life => life.HasFailedBy(notification.At, cause))))
            {
                yield return $"Nothing had failed for this reason: {notification}.";
            }

            if (notification.Kind == NotificationKind.Resolve && !world.History.PoisonedTroubles.Contains(trouble))
            {
                foreach (var life in lives.Where(life => IsWrong(notification, life, world)))
                {
                    yield return $"{life.Machine.Name} of {life.Machine.Inventory} failed, and nobody has said so since: {notification}.";
                }
            }
        }
    }

    /// <summary>Between what is decided and when it is in Slack.</summary>
    private static readonly TimeSpan _ways = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether something is called well that fails. That is right only of what has fallen silent, and of what the relay did not know yet:
    /// then it says so later.
    /// </summary>
    private static bool IsWrong(SeenNotification resolve, Life life, World world) =>
        life.OpenAt(resolve.At) is { Count: > 0 } open
        && open.Any(one => one.SentAt > resolve.At - World.Policy.StaleAfter + _ways)
        && !world.History.SeenOf(life.Trouble).Any(next => next.At > resolve.At && next.Hosts.Contains(life.Machine.Name));
}
