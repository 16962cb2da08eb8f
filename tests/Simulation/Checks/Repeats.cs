using Relay.Incidents;
using Simulation.Slack;

namespace Simulation.Checks;

/// <summary>Nothing is told twice but where something went wrong between Slack's taking it and our keeping that.</summary>
internal static class Repeats
{
    /// <summary>A lease, less what may pass between its renewal and the post.</summary>
    private static readonly TimeSpan _undisturbed = TimeSpan.FromSeconds(45);

    public static IEnumerable<string> Findings(History history) =>
        NotKept(history).Concat(history.Kept.GroupBy(kept => kept.Incident).SelectMany(kept => NotNew([.. kept], history)));

    private static IEnumerable<string> NotKept(History history) =>
        from telling in history.Tellings
        where telling.IsAnswered && !(telling.Work.DisturbedAt >= telling.At)
        where !history.Kept.Any(kept => kept.Work == telling.Work && kept.Incident == telling.Incident && kept.At >= telling.At)
        where history.Tellings.Any(other => IsSoonAfter(other, telling))
        select $"{telling.Work} told \"{telling}\" and did not keep it, though nothing went wrong; it was told again.";

    private static bool IsSoonAfter(Telling other, Telling telling) =>
        (other.Incident, other.Saying) == (telling.Incident, telling.Saying) && other.Work != telling.Work && other.At > telling.At && other.At < telling.PostedAt + _undisturbed;

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
