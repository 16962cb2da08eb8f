using Relay.Incidents;

namespace Relay.Slack;

/// <summary>The hosts of a notice as its message counts them, each list sorted as people sort names.</summary>
internal sealed class IncidentHosts
{
    private readonly List<HostRecord> _failed;

    public IncidentHosts(Notice notice)
    {
        // A record that saw only a recovery is of a host that never failed here.
        _failed = [.. notice.Hosts.Where(host => host.LastFailedAt is not null)];
        All = Sort(_failed.Count > 0 ? _failed.Select(host => host.Host) : [notice.Incident.Evidence.Event.Host]);
        Failing = Sort(_failed.Where(host => host.IsFailing).Select(host => host.Host));
        New = notice.Incident.Told is { } told ? [.. All.Where(host => !told.Hosts.Contains(host))] : All;
        Began = _failed.Min(host => host.FirstFailedAt ?? host.LastFailedAt) ?? notice.Incident.Evidence.Event.At;
    }

    public IReadOnlyList<string> All { get; }

    public IReadOnlyList<string> Failing { get; }

    /// <summary>Those that no message has counted.</summary>
    public IReadOnlyList<string> New { get; }

    public int Recovered => All.Count - Failing.Count;

    /// <summary>By the relay's clock, unless it knows no failing host.</summary>
    public DateTimeOffset Began { get; }

    /// <summary>When the last host was well again.</summary>
    public DateTimeOffset? Ended => _failed.Max(host => host.RecoveredAt);

    /// <summary>The most runs that failed on one host.</summary>
    public int Runs => _failed.Select(host => host.Runs).DefaultIfEmpty().Max();

    private static List<string> Sort(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(NaturalOrder.Instance)];
}
