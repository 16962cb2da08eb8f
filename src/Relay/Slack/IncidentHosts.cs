using Relay.Incidents;
using Relay.Text;

namespace Relay.Slack;

/// <summary>The hosts of a notification as its message counts them, each list sorted as people sort names.</summary>
internal sealed class IncidentHosts
{
    private readonly Notification _notice;

    public IncidentHosts(Notification notification)
    {
        _notice = notification;
        All = Sort(notification.Hosts);
        Failing = Sort(notification.Hosts.Where(host => host.IsFailing));
        New = Sort(notification.Snapshot.News);
    }

    public IReadOnlyList<string> All { get; }

    public IReadOnlyList<string> Failing { get; }

    /// <summary>Those that no message has counted.</summary>
    public IReadOnlyList<string> New { get; }

    public int Recovered => All.Count - Failing.Count;

    /// <summary>When the first host failed, by the relay's clock.</summary>
    public DateTimeOffset Began => _notice.Hosts.Min(host => host.FirstFailedAt) ?? _notice.Incident.Evidence.Event.At;

    /// <summary>When the last host was well again.</summary>
    public DateTimeOffset? Ended => _notice.Hosts.Max(host => host.MendedAt);

    /// <summary>The most runs that failed on one host.</summary>
    public int Runs => _notice.Hosts.Max(host => host.Runs);

    private static List<string> Sort(IEnumerable<HostRecord> hosts) => [.. hosts.Select(host => host.Host).Order(NaturalOrder.Instance)];
}
