namespace Relay.Routes;

/// <summary>The hosts that a webhook may have, so that a mistyped or planted secret cannot send failures anywhere else.</summary>
public sealed class AllowedHosts
{
    private static readonly char[] Separators = [',', ';', ' '];
    private readonly HashSet<string> _hosts;

    private AllowedHosts(IEnumerable<string> hosts) => _hosts = hosts.ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Slack's own: the commercial and the government one.</summary>
    public static AllowedHosts Slack { get; } = new(["hooks.slack.com", "hooks.slack-gov.com"]);

    /// <summary>Every name that a loopback address is written as.</summary>
    public static AllowedHosts SlackAndLoopback { get; } = Slack.With("127.0.0.1, localhost, ::1");

    /// <summary>These and <paramref name="more"/>: names or addresses without scheme and port, parted by commas.</summary>
    /// <exception cref="FormatException">One of them is not a host.</exception>
    public AllowedHosts With(string? more)
    {
        var hosts = (more ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var wrong = hosts.FirstOrDefault(host => Uri.CheckHostName(Bare(host)) == UriHostNameType.Unknown);
        return wrong is null
            ? new(_hosts.Concat(hosts.Select(Bare)))
            : throw new FormatException($"An allowed Slack host is a name without scheme, port or path; '{wrong}' is not one.");
    }

    /// <summary>Whether a webhook may have this address. Plain http and another port are for a listed loopback host alone.</summary>
    public bool Allow(Uri url) =>
        _hosts.Contains(Bare(url.IdnHost))
        && url.UserInfo.Length == 0
        && (url.IsLoopback || (url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort));

    private static string Bare(string host) => host.Trim('[', ']');
}
