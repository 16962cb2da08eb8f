using System.Globalization;
using Relay.Incidents;
using Relay.Reports;

namespace Relay.Slack;

/// <summary>The titled values under the error: where, in which task, since when.</summary>
internal static class IncidentFields
{
    /// <summary>Enough of a hash to find a commit by, and most tags.</summary>
    private const int ShownRevision = 20;

    private const int LongestPair = 40;
    private const int MostLabels = 5;

    public static IReadOnlyList<AttachmentField> Of(Notification notification, IncidentHosts hosts) =>
        [
            .. Progress(notification, hosts).OfType<AttachmentField>(),
            .. notification.Detail == Detail.Whole ? Context(notification.Incident.Evidence).OfType<AttachmentField>() : [],
        ];

    private static IEnumerable<AttachmentField?> Progress(Notification notification, IncidentHosts hosts)
    {
        var isNewsAlone = notification.Detail == Detail.News;
        var mixed = notification.Kind == NotificationKind.Update && hosts.New.Count > 0 && hosts.New.Count < hosts.All.Count;
        var since = hosts.Began.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        yield return Field(mixed ? "Hosts, new ones first" : "Hosts", HostList.Of(notification.Kind, hosts));
        yield return isNewsAlone ? null : Field("Task", Task(notification.Incident.Evidence.Event));
        yield return isNewsAlone ? null : Field("Since", since);
        yield return notification.Kind == NotificationKind.Resolve && hosts.Ended is { } ended
            ? Field("Lasted", Duration(ended - hosts.Began))
            : null;
        yield return hosts.Runs > 1 ? Field("Failed runs", hosts.All.Count > 1 ? $"up to {hosts.Runs} per host" : $"{hosts.Runs}") : null;
    }

    /// <summary>What does not change while an incident lasts, and so is said once.</summary>
    private static IEnumerable<AttachmentField?> Context(Evidence evidence)
    {
        var (run, seen) = evidence;
        yield return Field("Play", SlackText.Line(seen.Play, 100));
        yield return seen.FailureKind == EventKind.Unreachable ? null : Field("Module", Module(seen));
        yield return seen.DelegatedTo == seen.Host ? null : Field("Delegated to", SlackText.Line(seen.DelegatedTo, 80));
        yield return run.CheckMode == true ? Field("Check mode", "yes, a dry run") : null;
        yield return Field("User", SlackText.Line(run.User, 60));
        yield return Field("Revision", SlackText.Line(run.Revision, ShownRevision));
        yield return Field("Labels", Labels(run));
    }

    /// <summary>Values are wire text; short ones stand two in a row.</summary>
    private static AttachmentField? Field(string title, string value) =>
        value.Length == 0 ? null : new(title, value, Short: value.Length <= LongestPair && !value.Contains('\n', StringComparison.Ordinal));

    private static string Task(Event seen)
    {
        var role = SlackText.Line(seen.Role, 60);
        var task = seen.Task is null ? "" : SlackText.Line(Headline.TaskName(seen), 120);
        string[] name = [role, task];
        string[] lines = [string.Join(" : ", name.Where(part => part.Length > 0)), SlackText.Line(seen.Path, 120)];
        return string.Join('\n', lines.Where(line => line.Length > 0));
    }

    private static string Module(Event seen)
    {
        var module = SlackText.Line(seen.Action, 80);
        return seen.Attempts > 1 ? $"{module}{(module.Length > 0 ? ", " : "")}{seen.Attempts} attempts" : module;
    }

    private static string Labels(Run run)
    {
        var labels = run.Labels ?? new Dictionary<string, string>();
        var shown = labels
            .OrderBy(label => label.Key, StringComparer.Ordinal)
            .Take(MostLabels)
            .Select(label => SlackText.Line($"{label.Key}={label.Value}", LongestPair));
        return string.Join(", ", shown) + (labels.Count > MostLabels ? $" + {labels.Count - MostLabels} more" : "");
    }

    private static string Duration(TimeSpan lasted) => lasted switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalHours: < 1 } => $"{lasted.Minutes} min",
        { TotalDays: < 1 } => $"{lasted.Hours} h {lasted.Minutes} min",
        _ => $"{lasted.Days} d {lasted.Hours} h",
    };
}
