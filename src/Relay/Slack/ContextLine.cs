using Relay.Incidents;
using Relay.Reports;
using Relay.Text;

namespace Relay.Slack;

/// <summary>Which task it is, where it is written, and since when: one line under the causes, which Slack formats.</summary>
internal static class ContextLine
{
    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(10);

    public static string Of(Notification notification, IncidentHosts hosts)
    {
        var evidence = notification.Incident.Evidence;
        IEnumerable<string> parts = (notification.Kind, notification.Detail) switch
        {
            (NotificationKind.Resolve, _) when hosts.Well.Count == 0 =>
                [.. Place(notification, hosts), $"nothing heard of it since {SlackTime.Of(hosts.LastFailedAt)}"],
            (NotificationKind.Resolve, Detail.Whole) => [.. Place(notification, hosts), Lasted(hosts), .. Silent(hosts)],
            (NotificationKind.Resolve, _) => [Lasted(hosts), .. Silent(hosts)],
            (NotificationKind.Announce, _) => [.. Place(notification, hosts), .. Late(evidence, hosts) ?? [Since(hosts)], .. Runs(hosts)],
            (NotificationKind.Remind, _) => [Since(hosts), .. Lasting(hosts), .. Runs(hosts)],
            (NotificationKind.Return, _) when hosts.Failing.Count == 0 =>
                [First(hosts), $"well again since {SlackTime.Of(hosts.Ended ?? hosts.LastFailedAt)}"],
            (NotificationKind.Return, _) => [First(hosts), .. Late(evidence, hosts) ?? [], .. Hold(notification)],
            _ => [.. Late(evidence, hosts) ?? [Since(hosts)], .. Runs(hosts)],
        };
        return string.Join(" · ", parts.Where(part => part.Length > 0));
    }

    /// <summary>Of several hosts only what is the same on all, as it is part of what makes them one incident, or of their one run.</summary>
    private static IEnumerable<string> Place(Notification notification, IncidentHosts hosts)
    {
        var (run, seen) = notification.Incident.Evidence;
        if (seen.FailureKind == EventKind.Unreachable)
        {
            return hosts.IsOne && seen.Task is not null ? [$"at “{SlackText.Prose(Headline.TaskName(seen, seen.Task), 80)}”"] : [];
        }

        var rc = seen.ReturnCode is { } code and not (0 or 1) && hosts.IsOne ? $"exit code {code}" : "";
        var cause = Cause.Of(seen).Line;
        var isSaid = cause.Contains($"code {seen.ReturnCode}", StringComparison.OrdinalIgnoreCase) || GenericMessage.Is(cause);
        return
        [
            SlackText.Prose(seen.Role, 60),
            hosts.IsOne || !IsAbsolute(seen.Path) ? SlackText.Prose(seen.Path, 120) : "",
            hosts.AreOfOneRun && seen.Role is null ? SlackText.Prose(seen.Play, 60) : "",
            seen.Handler == true ? "handler" : "",
            hosts.IsOne && seen.Attempts > 1 ? $"{seen.Attempts} attempts" : "",
            hosts.IsOne && seen.DelegatedTo is { } other && other != seen.Host ? $"done by {SlackText.Prose(other, 60)}" : "",
            isSaid ? "" : rc,
            hosts.AreOfOneRun && run.CheckMode == true ? "a dry run (--check)" : "",
        ];
    }

    private static bool IsAbsolute(string? path) => path is ['/' or '~' or '\\', ..];

    private static string First(IncidentHosts hosts) => $"first failed {SlackTime.Of(hosts.Since)}";

    private static string Since(IncidentHosts hosts) => $"since {SlackTime.Of(hosts.Since)}";

    /// <summary>What happened long before the relay heard of it says so: by the clock of whoever saw it, which may be wrong.</summary>
    private static string[]? Late(Evidence evidence, IncidentHosts hosts)
    {
        if (evidence.ReceivedAt - evidence.Event.At <= LateAfter)
        {
            return null;
        }

        var host = hosts.IsOne ? "" : $"on {SlackText.Prose(evidence.Event.Host, 60)} ";
        var clock = SlackText.Prose(evidence.Run.Source, 60);
        return [$"happened {host}{SlackTime.Of(evidence.Event.At)} by the clock of {clock}, received {SlackTime.Of(evidence.ReceivedAt)}"];
    }

    private static IEnumerable<string> Runs(IncidentHosts hosts) =>
        hosts.Runs <= 1 ? [] : hosts.IsOne ? [$"{hosts.Runs} runs"] : [$"up to {hosts.Runs} runs of a host"];

    private static IEnumerable<string> Lasting(IncidentHosts hosts) =>
        hosts.LastFailedAt > hosts.Since ? [$"for {SlackTime.Duration(hosts.LastFailedAt - hosts.Since)}"] : [];

    private static string Lasted(IncidentHosts hosts) => hosts.Ended is { } ended && ended > hosts.Since
        ? hosts.IsFirst
            ? $"was broken from {SlackTime.Of(hosts.Since)} to {SlackTime.Of(ended)} ({SlackTime.Duration(ended - hosts.Since)})"
            : $"was broken for {SlackTime.Duration(ended - hosts.Since)}, since {SlackTime.Of(hosts.Since)}"
        : $"was broken at {SlackTime.Of(hosts.Since)}";

    private static IEnumerable<string> Silent(IncidentHosts hosts)
    {
        var heard = hosts.Failing.Max(host => host.LastFailedAt) ?? hosts.Since;
        return hosts.Failing.Count == 0 ? [] : [$"nothing heard of {hosts.Ranges(hosts.Failing, 120, SlackText.Prose)} since {SlackTime.Of(heard)}"];
    }

    /// <summary>What returns is called well more slowly, the more often it has.</summary>
    private static IEnumerable<string> Hold(Notification notification)
    {
        var returns = notification.Incident.LastNotification?.Returns ?? 0;
        return returns > 3
            ? []
            : [$"called fixed once it has been well for {(NotificationPolicy.HoldAfterReturn * (1 << returns)).TotalMinutes:0} minutes"];
    }
}
