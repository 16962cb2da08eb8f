using Relay.Incidents;
using Relay.Reports;

namespace Relay.Slack;

/// <summary>Which project, playbook, machine and revision it comes from, and the labels that the title does not show.</summary>
internal static class Footer
{
    /// <summary>Enough of a hash to find a commit by.</summary>
    private const int LongestRevision = 8;

    private const int Longest = 300;
    private const int MostLabels = 5;

    /// <param name="namesInventory">Whether nothing else does.</param>
    public static string Of(Notification notification, IncidentHosts hosts, bool namesInventory)
    {
        var run = notification.Incident.Evidence.Run;
        string[] parts =
        [
            SlackText.Line(run.Project, 80),
            SlackText.Line(run.Playbook, 80),
            namesInventory && hosts.All.All(host => host.Inventory == run.Inventory) ? SlackText.Line(run.Inventory, 40) : "",
            // Of hosts that failed in several runs, these may be several too.
            hosts.AreOfOneRun ? SlackText.Line(run.Source, 60) : "",
            hosts.AreOfOneRun ? SlackText.Line(run.Revision?[..Math.Min(run.Revision.Length, LongestRevision)], LongestRevision) : "",
            .. Labels(run),
        ];
        return SlackText.Cut(string.Join(" · ", parts.Where(part => part.Length > 0)), Longest);
    }

    private static IEnumerable<string> Labels(Run run)
    {
        var shown = Headline.EnvironmentLabel(run);
        var labels = (run.Labels ?? new Dictionary<string, string>())
            .Where(label => label.Key != shown)
            .OrderBy(label => label.Key, StringComparer.Ordinal)
            .ToList();
        return
        [
            .. labels.Take(MostLabels).Select(label => SlackText.Line($"{label.Key}={label.Value}", 40)),
            .. labels.Count > MostLabels ? (string[])[$"and {labels.Count - MostLabels} more labels"] : [],
        ];
    }
}
