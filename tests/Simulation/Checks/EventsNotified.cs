using Relay.Incidents;
using Simulation.Plays;
using Simulation.Slack;

namespace Simulation.Checks;

/// <summary>A notification names every accepted event, and what people read last is the true state. Judged from what Slack shows alone.</summary>
internal static class EventsNotified
{
    public static IEnumerable<string> Findings(World world)
    {
        var poisoned = world.History.PoisonedTasks;
        var troubles = world.Scenario.Events.GroupBy(one => one.Trouble).Where(trouble => !poisoned.Contains(trouble.Key.Task));
        foreach (var trouble in troubles)
        {
            List<SeenNotification> notifications = [.. world.History.Seen.Where(notification => notification.Incident == trouble.Key.Task)];
            foreach (var life in trouble.GroupBy(one => one.Host).Select(life => life.ToList()))
            {
                foreach (var failure in life.Where(one => !one.IsRecovery && !IsNotified(one, life, notifications)))
                {
                    yield return $"No notification names {failure}.";
                }
            }

            if (!world.Scenario.HasLongPauses && WrongEnd([.. trouble], notifications) is { } wrong)
            {
                yield return wrong;
            }

            if (notifications.Count > 0 && world.Slack.HasBot(trouble.Key) && IsOver(notifications[^1].Kind) != IsOver(world.History.Shown.GetValueOrDefault(trouble.Key.Task)))
            {
                yield return $"The last notification is {notifications[^1]}, but the bot's message of it shows {world.History.Shown.GetValueOrDefault(trouble.Key.Task)}.";
            }
        }
    }

    private static bool IsNotified(PlannedEvent failure, List<PlannedEvent> life, List<SeenNotification> notifications)
    {
        var index = life.IndexOf(failure);
        return notifications.Where(notification => notification.Hosts.Contains(failure.Host)).Any(notification => notification.At >= failure.SentAt
            ? notification.Kind != NotificationKind.Resolve || life.Skip(index).Any(one => one.IsRecovery && one.SentAt <= notification.At)
            : notification.Kind != NotificationKind.Resolve && GoesOn(life.Take(index + 1), notification.At));
    }

    /// <summary>Whether a notification at that time still covers the last of these events: no recovery came between, and no day without an event.</summary>
    private static bool GoesOn(IEnumerable<PlannedEvent> events, DateTimeOffset notified)
    {
        var since = events.Where(one => one.SentAt > notified).ToList();
        var before = events.LastOrDefault(one => one.SentAt <= notified)?.SentAt ?? notified;
        return !since.Any(one => one.IsRecovery)
            && since.Select(one => one.SentAt).Prepend(before).Zip(since.Select(one => one.SentAt), (one, next) => next - one)
                .All(pause => pause < World.Policy.StaleAfter);
    }

    private static bool IsOver(NotificationKind kind) => kind == NotificationKind.Resolve;

    private static string? WrongEnd(List<PlannedEvent> events, List<SeenNotification> notifications)
    {
        var failing = events.GroupBy(one => one.Host).Where(life => !life.Last().IsRecovery).Select(life => life.Key).ToList();
        var resolved = notifications.LastOrDefault()?.Kind == NotificationKind.Resolve;
        return (resolved, failing.Count > 0) switch
        {
            (true, true) => $"The last notification is {notifications[^1]}, but {string.Join(", ", failing)} fails.",
            (false, false) => $"The last notification is {notifications.LastOrDefault()}, but all hosts have recovered.",
            _ => null,
        };
    }
}
