using System.Security.Cryptography;
using System.Text;
using Relay.Reports;

namespace Relay.Incidents;

/// <summary>Version 1 of the rule that says which events are one incident.</summary>
/// <remarks>A change to it would split open incidents: make a new version.</remarks>
internal static class FingerprintV1
{
    /// <summary>The fingerprint of an event, the same for a failure and for its recovery.</summary>
    public static Fingerprint Of(string route, Run run, Event one)
    {
        string?[] hosts = [one.Host, one.DelegatedTo, run.Source];
        var text = string.Join('\0',
        [
            route,
            one.FailureKind.ToString(),
            BaseName(run.Playbook),
            .. TaskOf(one, hosts),
            MessagePattern.Of(one.Message, hosts),
        ]);
        return Fingerprint.Create(1, SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Which task finds a host unreachable is chance, so it says nothing then.</summary>
    private static string[] TaskOf(Event one, string?[] hosts) =>
        one.FailureKind == EventKind.Unreachable ? [] : [Place(one, hosts), one.Action ?? ""];

    /// <summary>Where the task stands, or its name.</summary>
    /// <remarks>An absolute path does not count: <c>ansible-pull</c> puts the host's name into it.</remarks>
    private static string Place(Event one, string?[] hosts) =>
        one.Path is { Length: > 0 } path && !IsAbsolute(path) ? path : MessagePattern.WithoutHosts($"{one.Role}:{one.Task}", hosts);

    private static bool IsAbsolute(string path) => path[0] is '/' or '\\' or '~' || path is [_, ':', '\\' or '/', ..];

    private static string BaseName(string? path) => path?.Split('/', '\\')[^1] ?? "";
}
