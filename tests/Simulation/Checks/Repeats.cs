using Relay.Incidents;
using Simulation.Hosting;
using Simulation.Slack;

namespace Simulation.Checks;

/// <summary>Nothing is told twice but where something went wrong between Slack's taking it and our keeping that.</summary>
internal static class Repeats
{
    /// <summary>The longest that the write of what was told takes.</summary>
    private static readonly TimeSpan _write = TimeSpan.FromSeconds(10);

    public static IEnumerable<string> Findings(History history) =>
        NotKept(history).Concat(history.Kept.GroupBy(kept => kept.Incident).SelectMany(kept => NotNew([.. kept], history)));

    /// <summary>
    /// What was told and not kept will be told again. Only a crash excuses it, a loss of the turn, that the very write was lost, or that
    /// somebody who had stood still wrote first.
    /// </summary>
    private static IEnumerable<string> NotKept(History history) =>
        from tellings in history.Tellings.Where(telling => telling.IsAnswered).GroupBy(telling => (telling.Work, telling.Incident))
        let kept = history.Kept.Where(kept => (kept.Work, kept.Incident) == tellings.Key).Select(kept => kept.At).ToList()
        from telling in tellings.Where((telling, index) => kept.Count(at => at >= telling.At) < tellings.Count() - index)
        where !history.Kept.Any(other => other.Incident == telling.Incident && other.Work != telling.Work && other.At > telling.Work.BeganAt && other.At < telling.At + _write)
        where !telling.Work.IsExcused(telling.PostedAt, call => call.Kind == CallKind.Slack || call.KeepsWhatWasTold)
        select $"{telling.Work} told \"{telling}\" and did not keep it, though nothing hindered it.";

    private static IEnumerable<string> NotNew(List<KeptTelling> kept, History history)
    {
        var known = new Dictionary<string, DateTimeOffset>();
        var named = new Dictionary<string, DateTimeOffset>();
        KeptTelling? last = null;
        foreach (var next in kept)
        {
            var isNew = next.Told.Saying switch
            {
                Saying.Announce or Saying.Update => next.Told.Hosts.Keys.Any(host => history.StretchesOf(next.Fingerprint, host)
                    .Where(stretch => stretch.KnownSince <= next.At)
                    .Any(stretch => stretch.Began > known.GetValueOrDefault(host) || stretch.KnownSince > named.GetValueOrDefault(host))),
                Saying.Remind => next.Told.At - last?.Told.At >= World.Policy.RepeatInterval,
                Saying.Resolve => last?.Told.Saying != Saying.Resolve,
                var saying => throw new InvalidOperationException($"{saying} is nothing to tell."),
            };
            if (!isNew && !(next.Work.DisturbedAt >= next.Work.PostedAt))
            {
                yield return $"{next.Work} told {next.Told.Saying} of {next.Incident} on {string.Join(", ", next.Told.Hosts.Keys.Order())}, which was all known.";
            }

            foreach (var (host, failed) in next.Told.Hosts)
            {
                known[host] = known.GetValueOrDefault(host) > failed ? known[host] : failed;
                named[host] = next.Work.PostedAt;
            }

            last = next;
        }
    }
}
