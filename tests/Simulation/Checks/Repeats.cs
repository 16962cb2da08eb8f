using Relay.Incidents;
using Simulation.Hosting;
using Simulation.Plays;
using Simulation.Slack;

namespace Simulation.Checks;

/// <summary>Nothing is posted twice but where something went wrong between Slack's taking it and our keeping that.</summary>
internal static class Repeats
{
    /// <summary>The longest that the write of a last notification takes.</summary>
    private static readonly TimeSpan _write = TimeSpan.FromSeconds(10);

    public static IEnumerable<string> Findings(World world) =>
        NotKept(world.History).Concat(world.Scenario.Troubles.SelectMany(trouble => OutOfTurn(trouble, world.History)));

    /// <summary>
    /// What was delivered and not kept will be posted again. Only a crash excuses it, a loss of the lease, that the very write was lost, or that
    /// somebody who had stood still wrote first.
    /// </summary>
    private static IEnumerable<string> NotKept(History history) =>
        from notifications in history.Seen.Where(one => one.IsAnswered && !one.IsOfRelay).GroupBy(one => (one.Work, one.Trouble))
        let kept = history.Kept.Where(kept => (kept.Work, kept.Trouble) == notifications.Key).Select(kept => kept.At).ToList()
        from notification in notifications.Where((notification, index) => kept.Count(at => at >= notification.At) < notifications.Count() - index)
        where !history.Kept.Any(other => other.Trouble == notification.Trouble && other.Work != notification.Work && other.At > notification.Work.BeganAt && other.At < notification.At + _write)
        where !notification.Work.IsExcused(notification.PostedAt, call => call.Kind == CallKind.Slack || call.KeepsLastNotification)
        select $"{notification.Work} delivered \"{notification}\" and did not keep it, though nothing hindered it.";

    /// <summary>What follows what it cannot follow: people read "failed" after "failed", or "fixed" after "fixed".</summary>
    private static IEnumerable<string> OutOfTurn(Trouble trouble, History history)
    {
        SeenNotification? last = null;
        var changed = DateTimeOffset.MinValue; // A reminder does not make an incident go on.
        foreach (var next in history.SeenOf(trouble))
        {
            if (last is not null && !Follows(next, last, changed) && !IsExcused(trouble, next, history))
            {
                yield return $"{next} comes after {last}.";
            }

            (last, changed) = (next, next.Kind == NotificationKind.Remind ? changed : next.At);
        }
    }

    private static bool Follows(SeenNotification next, SeenNotification last, DateTimeOffset changed)
    {
        var isClosed = next.At - changed > (last.IsOver ? NotificationPolicy.KeptAfterResolve : World.Policy.StaleAfter) - _write;
        return next.Kind switch
        {
            NotificationKind.Announce => isClosed,
            NotificationKind.Return => last.IsOver,
            NotificationKind.Update or NotificationKind.Remind => !last.IsOver,
            _ => !last.IsOver || isClosed,
        };
    }

    /// <summary>Whoever was disturbed while it delivered this, or what came before, may not have kept what it said.</summary>
    private static bool IsExcused(Trouble trouble, SeenNotification next, History history) =>
        history.LostMessages.Contains(trouble)
        || history.SeenOf(trouble).Any(one => one.At <= next.At && (!one.IsAnswered || one.Work.DisturbedAt >= one.PostedAt));
}
