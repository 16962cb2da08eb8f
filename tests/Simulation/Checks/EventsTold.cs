using Relay.Incidents;
using Simulation.Plays;
using Simulation.Slack;

namespace Simulation.Checks;

/// <summary>Every accepted event was told, and what people read last is how things are. Judged from what Slack shows alone.</summary>
internal static class EventsTold
{
    public static IEnumerable<string> Findings(World world)
    {
        var poisoned = world.History.PoisonedTasks;
        var troubles = world.Scenario.Events.GroupBy(one => one.Trouble).Where(trouble => !poisoned.Contains(trouble.Key.Task));
        foreach (var trouble in troubles)
        {
            List<Telling> tellings = [.. world.History.Tellings.Where(telling => telling.Incident == trouble.Key.Task)];
            foreach (var life in trouble.GroupBy(one => one.Host).Select(life => life.ToList()))
            {
                foreach (var failure in life.Where(one => !one.IsRecovery && !IsTold(one, life, tellings)))
                {
                    yield return $"Nobody was told of {failure}.";
                }
            }

            if (!world.Scenario.HasLongPauses && WrongEnd([.. trouble], tellings) is { } wrong)
            {
                yield return wrong;
            }

            if (tellings.Count > 0 && world.Slack.HasBot(trouble.Key) && IsOver(tellings[^1].Saying) != IsOver(world.History.Shown.GetValueOrDefault(trouble.Key.Task)))
            {
                yield return $"The last word is {tellings[^1]}, but the bot's message of it shows {world.History.Shown.GetValueOrDefault(trouble.Key.Task)}.";
            }
        }
    }

    private static bool IsTold(PlannedEvent failure, List<PlannedEvent> life, List<Telling> tellings)
    {
        var index = life.IndexOf(failure);
        return tellings.Where(telling => telling.Hosts.Contains(failure.Host)).Any(telling => telling.At >= failure.SentAt
            ? telling.Saying != Saying.Resolve || life.Skip(index).Any(one => one.IsRecovery && one.SentAt <= telling.At)
            : telling.Saying != Saying.Resolve && GoesOn(life.Take(index + 1), telling.At));
    }

    /// <summary>Whether what was told then still covered the last of these events: no recovery came between, and no day without a word.</summary>
    private static bool GoesOn(IEnumerable<PlannedEvent> events, DateTimeOffset told)
    {
        var since = events.Where(one => one.SentAt > told).ToList();
        var before = events.LastOrDefault(one => one.SentAt <= told)?.SentAt ?? told;
        return !since.Any(one => one.IsRecovery)
            && since.Select(one => one.SentAt).Prepend(before).Zip(since.Select(one => one.SentAt), (one, next) => next - one)
                .All(pause => pause < World.Policy.StaleAfter);
    }

    private static bool IsOver(Saying saying) => saying == Saying.Resolve;

    private static string? WrongEnd(List<PlannedEvent> events, List<Telling> tellings)
    {
        var failing = events.GroupBy(one => one.Host).Where(life => !life.Last().IsRecovery).Select(life => life.Key).ToList();
        var resolved = tellings.LastOrDefault()?.Saying == Saying.Resolve;
        return (resolved, failing.Count > 0) switch
        {
            (true, true) => $"The last word is {tellings[^1]}, but {string.Join(", ", failing)} fails.",
            (false, false) => $"The last word is {tellings.LastOrDefault()}, but all hosts have recovered.",
            _ => null,
        };
    }
}
