using System.Collections.Immutable;

namespace Relay.Incidents;

/// <summary>The rule that decides what Slack is told of an incident next, and when: from what is known, what was shown and the time alone.</summary>
/// <remarks>
/// Nobody counts turns or messages. That a host which flaps is slow to be called well, and that a noisy incident makes a handful of
/// messages, follows from the gap, which grows, and from the returns that were shown.
/// </remarks>
internal static class NotificationPolicy
{
    /// <summary>After it has failed again, an incident is called well once all its hosts have been for this long, doubled with each further return.</summary>
    public static readonly TimeSpan HoldAfterReturn = TimeSpan.FromMinutes(10);

    /// <summary>What fails again within this time of being shown well is the same incident.</summary>
    public static readonly TimeSpan KeptAfterResolve = TimeSpan.FromHours(1);

    /// <summary>Decides what is due at <paramref name="now"/>.</summary>
    public static Decision Decide(IncidentSnapshot incident, IncidentPolicy policy, DateTimeOffset now)
    {
        var (decision, at) = Due(incident, policy, now);
        return now >= at ? decision : new Decision.Wait(Earlier(at, NextReminder(incident, policy, now) ?? at));
    }

    /// <summary>What Slack knows once it has taken a notification at <paramref name="now"/>.</summary>
    public static LastNotification After(NotificationKind kind, IncidentSnapshot incident, IncidentPolicy policy, DateTimeOffset now)
    {
        var last = incident.Last;
        var goesOn = kind is NotificationKind.Update or NotificationKind.Remind;
        return new()
        {
            Kind = kind,
            At = now,
            IsFailing = kind != NotificationKind.Resolve && incident.Failing.Any(),
            Since = last?.Since ?? incident.Hosts.Min(host => host.FirstFailedAt) ?? now,
            ChangedAt = kind == NotificationKind.Remind && last is not null ? last.ChangedAt : now,
            UpdatedAt = kind is NotificationKind.Remind or NotificationKind.Resolve ? last?.UpdatedAt : now,
            Gap = Gap(kind, last, policy, now),
            Returns = (last?.Returns ?? 0) + (kind == NotificationKind.Return ? 1 : 0),
            Hosts = incident.Hosts.ToImmutableDictionary(host => host.Key, host => Shown(host, goesOn ? last : null, incident)),
        };
    }

    private static (Decision Decision, DateTimeOffset At) Due(IncidentSnapshot incident, IncidentPolicy policy, DateTimeOffset now)
    {
        if (incident.Hosts.Count == 0)
        {
            return (new Decision.Close(), now);
        }

        var hasNews = incident.News.Any();
        var waited = (incident.NewsSince ?? incident.News.Min(host => host.LastFailedAt) ?? now) + policy.GroupWait;

        if (incident.Last is not { } last)
        {
            return (Notify(incident.Failing.Any() ? NotificationKind.Announce : NotificationKind.Resolve), waited);
        }

        if (!last.IsFailing)
        {
            return hasNews
                ? (Notify(NotificationKind.Return), waited)
                : (new Decision.Close(), last.At + KeptAfterResolve);
        }

        // Whoever fell silent has not recovered, and does not keep the others from being called well.
        var isMended = incident.Hosts.Any(host => !host.IsFailing);
        if (isMended && !incident.FailingAndHeardOf(now, policy.StaleAfter).Any())
        {
            return (Notify(NotificationKind.Resolve), (incident.MendedAt ?? now) + Hold(last, policy));
        }

        if (hasNews)
        {
            return (Notify(NotificationKind.Update), Later(waited, last.At + last.Gap));
        }

        return incident.LastFailedAt > last.At
            ? (Notify(NotificationKind.Remind), last.At + policy.RepeatInterval)
            : (isMended ? Notify(NotificationKind.Resolve) : new Decision.Close(),
                Later(incident.LastFailedAt ?? now, last.ChangedAt) + policy.StaleAfter);
    }

    /// <summary>When to look whether what was shown goes on: failures that are no news do not ask for it.</summary>
    private static DateTimeOffset? NextReminder(IncidentSnapshot incident, IncidentPolicy policy, DateTimeOffset now) =>
        incident.Last is { IsFailing: true } last && last.At + policy.RepeatInterval is var at && at > now ? at : null;

    private static Decision.Notify Notify(NotificationKind kind) => new(kind);

    private static TimeSpan Hold(LastNotification last, IncidentPolicy policy) =>
        last.Returns == 0 ? TimeSpan.Zero : Doubled(HoldAfterReturn, last.Returns - 1, policy.RepeatInterval);

    /// <summary>Doubled with each update, and as at first once none was for long enough.</summary>
    private static TimeSpan Gap(NotificationKind kind, LastNotification? last, IncidentPolicy policy, DateTimeOffset now) => kind switch
    {
        NotificationKind.Announce or NotificationKind.Return => policy.GroupInterval,
        NotificationKind.Update when last is not null && !(now - last.UpdatedAt > policy.RepeatInterval) =>
            Doubled(last.Gap, 1, policy.RepeatInterval),
        NotificationKind.Update => policy.GroupInterval,
        _ => last?.Gap ?? policy.GroupInterval,
    };

    private static TimeSpan Doubled(TimeSpan time, int times, TimeSpan most) =>
        times > 16 || time * (1 << times) > most ? Max(time, most) : time * (1 << times);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static ShownHost Shown(HostRecord host, LastNotification? before, IncidentSnapshot incident)
    {
        var known = before?.Hosts.GetValueOrDefault(host.Key)?.Causes ?? [];
        var isShown = host.IsFailing || incident.HasNews(host);
        return new(host.Failures, isShown && host.Cause is { } cause && !known.Contains(cause.Key)
            ? [.. known.TakeLast(ShownHost.MostCauses - 1), cause.Key]
            : known);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
