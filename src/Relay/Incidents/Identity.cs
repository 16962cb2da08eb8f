using System.Security.Cryptography;
using System.Text;
using Relay.Reports;
using Relay.Routes;

namespace Relay.Incidents;

/// <summary>The rule that says which events are one incident: one task that fails, or hosts that cannot be reached, in one project.</summary>
/// <remarks>
/// Labels say where a run belongs, so <c>env=dev</c> and <c>env=prod</c> are two. The cause is no part of it: hosts that fail one task for
/// two reasons are one incident. A change to this rule would split open incidents: count the version up.
/// </remarks>
internal static class Identity
{
    private const int Version = 1;

    /// <summary>The fingerprint of an event, the same for a failure and for its recovery.</summary>
    /// <param name="channel">The channel asked for, whatever route serves it, so that routes may come and go.</param>
    public static Fingerprint Of(string? channel, Run run, Event one)
    {
        IEnumerable<string?> parts =
        [
            Route.NameOf(channel),
            run.Mode is RunModes.Test or RunModes.Relay ? run.Mode : null,
            run.Project,
            run.Playbook,
            one.FailureKind.ToString(),
            .. TaskOf(one, [one.Host, one.DelegatedTo, run.Source]),
            .. (run.Labels ?? new Dictionary<string, string>())
                .OrderBy(label => label.Key, StringComparer.Ordinal)
                .SelectMany(label => (string[])[label.Key, label.Value]),
        ];

        // Each with its length before it, so that no text can pass for two.
        var text = string.Concat(parts.Select(part => $"{part?.Length ?? -1}:{part}"));
        return Fingerprint.Create(Version, SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Which task finds a host unreachable is chance, so it says nothing then.</summary>
    private static string?[] TaskOf(Event one, string?[] hosts)
    {
        if (one.FailureKind == EventKind.Unreachable)
        {
            return [];
        }

        // An edit above a task moves it to another line, which says something only where the task has no name of its own.
        var name = one.WrittenTask ?? one.Task;
        var (file, line) = Place(one.Path);
        return [one.Role, file, string.IsNullOrWhiteSpace(name) ? line : HostNames.TakenOutOf(name, hosts), one.Action];
    }

    /// <summary>The file and the line of a path such as <c>roles/nginx/tasks/main.yml:12</c>.</summary>
    /// <remarks>An absolute path does not count: <c>ansible-pull</c> puts the host's name into it.</remarks>
    private static (string? File, string? Line) Place(string? path)
    {
        if (path is null or "" || IsAbsolute(path))
        {
            return (null, null);
        }

        var colon = path.LastIndexOf(':');
        return colon > 0 && path[(colon + 1)..].All(char.IsAsciiDigit) ? (path[..colon], path[(colon + 1)..]) : (path, null);
    }

    private static bool IsAbsolute(string path) => path[0] is '/' or '\\' or '~' || path is [_, ':', '\\' or '/', ..];
}
