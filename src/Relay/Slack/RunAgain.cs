using System.Text.RegularExpressions;
using Relay.Incidents;
using Relay.Reports;

namespace Relay.Slack;

/// <summary>The line to copy that runs the playbook again for the hosts that failed: it runs as it stands, or there is none.</summary>
internal static partial class RunAgain
{
    private const int MostHosts = 20;
    private const int Longest = 600;

    public static string? Of(Notification notification, IncidentHosts hosts)
    {
        var run = notification.Incident.Evidence.Run;
        var limit = hosts.Failing.Where(hosts.IsOfTheRun).Select(host => host.Host).ToList();

        if (run is not { Mode: RunModes.Push, Playbook: { } playbook, Inventory: { } inventory }
            || limit.Count is 0 or > MostHosts
            || !limit.TrueForAll(host => Plain.IsMatch(host) && host != run.Source)
            || hosts.Failing.Any(host => hosts.IsOfTheRun(host) && host.Inventory != run.Inventory)
            || Inventories(inventory) is not { } sources
            || Variables(run.ExtraVariables ?? []) is not { } variables
            || !InProject.IsMatch(playbook))
        {
            return null;
        }

        string[] words =
        [
            "ansible-playbook",
            .. sources.SelectMany(source => (string[])["-i", Quoted(source)]),
            Quoted(playbook),
            "--limit", string.Join(',', limit),
            .. Tags("--tags", run.Tags),
            .. Tags("--skip-tags", run.SkipTags),
            .. variables,
            .. run.CheckMode == true ? (string[])["--check"] : [],
        ];
        var line = SlackText.Code(string.Join(' ', words));
        return line?.Length <= Longest ? line : null;
    }

    /// <summary>Every source by its own option; null where one is a list of hosts, of AWX or outside the project.</summary>
    private static string[]? Inventories(string inventory)
    {
        var sources = inventory.Split(',', StringSplitOptions.TrimEntries);
        return inventory != "inline" && sources.All(InProject.IsMatch) ? sources : null;
    }

    /// <summary>Their values stay on the host, so that the shell stops until they are set.</summary>
    private static List<string>? Variables(IReadOnlyList<string> names)
    {
        var words = new List<string>();
        foreach (var name in names)
        {
            if (name is ['@', .. var file] && InProject.IsMatch(file))
            {
                words.AddRange(["-e", $"@{Quoted(file)}"]);
            }
            else if (Variable.IsMatch(name))
            {
                words.AddRange(["-e", $"\"{name}=${{{name}:?}}\""]);
            }
            else
            {
                return null;
            }
        }

        return words;
    }

    private static string[] Tags(string option, IReadOnlyList<string>? tags) =>
        tags is { Count: > 0 } ? [option, Quoted(string.Join(',', tags))] : [];

    /// <summary>As a shell reads it as one word.</summary>
    private static string Quoted(string word) =>
        Safe.IsMatch(word) ? word : $"'{word.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\A[A-Za-z0-9_@%+=:,./-]+\z")]
    private static partial Regex Safe { get; }

    // What --limit does not take for a pattern, nor the shell for anything.
    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]*\z")]
    private static partial Regex Plain { get; }

    [GeneratedRegex(@"\A(?!-|~|/|\.\.(?:/|\z)|…|awx:|[A-Za-z]:)(?!.*/\.\.(?:/|\z)).+\z")]
    private static partial Regex InProject { get; }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Variable { get; }
}
