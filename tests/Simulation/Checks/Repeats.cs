using Relay.Incidents;
using Simulation.Hosting;

namespace Simulation.Checks;

/// <summary>Nothing is posted twice but where something went wrong between Slack's taking it and our keeping that.</summary>
internal static class Repeats
{
    /// <summary>The longest that the write of a last notification takes.</summary>
    private static readonly TimeSpan _write = TimeSpan.FromSeconds(10);

    public static IEnumerable<string> Findings(History history) =>
        NotKept(history).Concat(history.Kept.GroupBy(kept => kept.Incident).SelectMany(kept => NotNew([.. kept], history)));

    /// <summary>
    /// What was delivered and not kept will be posted again. Only a crash excuses it, a loss of the lease, that the very write was lost, or that
    /// somebody who had stood still wrote first.
    /// </summary>
    private static IEnumerable<string> NotKept(History history) =>
        from notifications in history.Seen.Where(notification => notification.IsAnswered).GroupBy(notification => (notification.Work, notification.Incident))
        let kept = history.Kept.Where(kept => (kept.Work, kept.Incident) == notifications.Key).Select(kept => kept.At).ToList()
        from notification in notifications.Where((notification, index) => kept.Count(at => at >= notification.At) < notifications.Count() - index)
        where !history.Kept.Any(other => other.Incident == notification.Incident && other.Work != notification.Work && other.At > notification.Work.BeganAt && other.At < notification.At + _write)
        where !notification.Work.IsExcused(notification.PostedAt, call => call.Kind == CallKind.Slack || call.KeepsLastNotification)
        select $"{notification.Work} delivered \"{notification}\" and did not keep it, though nothing hindered it.";

    private static IEnumerable<string> NotNew(List<KeptNotification> kept, History history)
    {
        var known = new Dictionary<string, DateTimeOffset>();
        var named = new Dictionary<string, DateTimeOffset>();
        KeptNotification? last = null;
        foreach (var next in kept)
        {
            var isNew = next.LastNotification.Kind switch
            {
                NotificationKind.Announce or NotificationKind.Update => next.LastNotification.Hosts.Keys.Any(host => history.EpisodesOf(next.Fingerprint, host)
                    .Where(episode => episode.KnownSince <= next.At)
                    .Any(episode => episode.Began > known.GetValueOrDefault(host) || episode.KnownSince > named.GetValueOrDefault(host))),
                NotificationKind.Remind => next.LastNotification.At - last?.LastNotification.At >= World.Policy.RepeatInterval,
                NotificationKind.Resolve => last?.LastNotification.Kind != NotificationKind.Resolve,
                var kind => throw new InvalidOperationException($"Nobody knows {kind}."),
            };
            if (!isNew && !(next.Work.DisturbedAt >= next.Work.PostedAt))
            {
                yield return $"{next.Work} delivered {next.LastNotification.Kind} of {next.Incident} on {string.Join(", ", next.LastNotification.Hosts.Keys.Order())}, which was all known.";
            }

            foreach (var (host, failed) in next.LastNotification.Hosts)
            {
                known[host] = known.GetValueOrDefault(host) > failed ? known[host] : failed;
                named[host] = next.Work.PostedAt;
            }

            last = next;
        }
    }
}
