using System.Globalization;
using Relay.Incidents;
using Relay.Text;

namespace Relay.Slack;

/// <summary>The hosts of a notification as its message counts them, each list sorted as people sort names.</summary>
internal sealed class IncidentHosts
{
    private readonly Notification _notification;
    private readonly string _run;
    private readonly bool _hasInventories;

    public IncidentHosts(Notification notification)
    {
        _notification = notification;
        _run = ShortHash.Of(Evidence.Run.Id);
        _hasInventories = notification.Hosts.Select(host => host.Inventory).Distinct(StringComparer.Ordinal).Skip(1).Any();
        All = Sort(notification.Hosts);
        Failing = Sort(notification.Hosts.Where(host => host.IsFailing));
        Well = Sort(notification.Hosts.Where(host => !host.IsFailing));
        New = Sort(notification.Snapshot.News);
        Joined = [.. New.Where(host => Last?.Hosts.ContainsKey(host.Key) != true)];
    }

    public IReadOnlyList<HostRecord> All { get; }

    public IReadOnlyList<HostRecord> Failing { get; }

    public IReadOnlyList<HostRecord> Well { get; }

    /// <summary>Those with a failure that was not shown, be it for another cause.</summary>
    public IReadOnlyList<HostRecord> New { get; }

    /// <summary>Those of the new ones that no message has named.</summary>
    public IReadOnlyList<HostRecord> Joined { get; }

    /// <summary>What a message is about where it says what fails: if nothing does any more, what has failed.</summary>
    public IReadOnlyList<HostRecord> Broken => Failing.Count > 0 ? Failing : New.Count > 0 ? New : All;

    /// <summary>Those whose causes a message shows: what fails, and what has failed since the last one, also if it is well again.</summary>
    public IReadOnlyList<HostRecord> Explained => Failing.Count > 0 ? [.. All.Where(host => host.IsFailing || New.Contains(host))] : Broken;

    /// <summary>Whether the evidence is of the one host that there is, and so may be shown without that host's name.</summary>
    public bool IsOne => All.Count == 1;

    /// <summary>Whether all have failed last in the run that the evidence is from, so that what is true of it is true of them.</summary>
    public bool AreOfOneRun => IsOne || All.All(IsOfTheRun);

    /// <summary>Whether no message has said anything of the incident.</summary>
    public bool IsFirst => Last is null;

    /// <summary>When the incident was first broken, by the relay's clock.</summary>
    public DateTimeOffset Since => Last?.Since ?? All.Min(host => host.FirstFailedAt) ?? Evidence.ReceivedAt;

    /// <summary>When the last host was well again.</summary>
    public DateTimeOffset? Ended => All.Max(host => host.MendedAt);

    /// <summary>When anything failed last.</summary>
    public DateTimeOffset LastFailedAt => _notification.Snapshot.LastFailedAt ?? Since;

    /// <summary>The most runs that failed on one host.</summary>
    public int Runs => All.Max(host => host.Runs);

    /// <summary>How many causes no message has shown.</summary>
    public int NewCauses => New.Select(host => host.Cause?.Key).OfType<string>().Distinct().Count(key => !WasShown(key));

    private Evidence Evidence => _notification.Incident.Evidence;

    private LastNotification? Last => _notification.Snapshot.Last;

    /// <summary>The host's name, with its inventory where two are there: each may have a host of this name.</summary>
    public string NameOf(HostRecord host) =>
        _hasInventories && host.Inventory is { Length: > 0 } inventory ? $"{host.Host} ({inventory})" : host.Host;

    /// <summary>Whether the host failed last in the run that the evidence is from.</summary>
    public bool IsOfTheRun(HostRecord host) => host.LastRun == _run;

    /// <summary>The causes of <paramref name="hosts"/>, the most common first; one that was recorded without any has that of its event.</summary>
    public IReadOnlyList<IncidentCause> CausesOf(IEnumerable<HostRecord> hosts) => IncidentCause.Of(hosts.Select(host =>
        host.Cause is null && host.Host == Evidence.Event.Host ? host with { Cause = Cause.Of(Evidence.Event) } : host));

    /// <summary>Whether a message has shown the cause, of any host.</summary>
    public bool WasShown(string cause) => Last?.Hosts.Values.Any(host => host.Causes.Contains(cause)) == true;

    /// <summary>Of how many hosts these are some, where the one run that they failed in had more; nothing otherwise.</summary>
    public string OfAll(IReadOnlyList<HostRecord> some) =>
        Evidence.Run.HostCount is { } count && count >= some.Count && some.All(IsOfTheRun)
            ? string.Create(CultureInfo.InvariantCulture, $" of {count:N0}")
            : "";

    /// <summary>The hosts as ranges in one line of wire text.</summary>
    public string Ranges(IEnumerable<HostRecord> hosts, int max, Func<string, int, string> wire) =>
        HostRanges.Text(hosts.Select(NameOf), max, wire);

    private List<HostRecord> Sort(IEnumerable<HostRecord> hosts) => [.. hosts.OrderBy(NameOf, NaturalOrder.Instance)];
}
