namespace Relay.Incidents;

/// <summary>All that is known of an incident at one moment.</summary>
/// <param name="Last">What Slack was told last; null for a new incident.</param>
/// <param name="Hosts">Every host that failed in it, the earliest failure first.</param>
/// <param name="NewsSince">When the oldest news that Slack does not know were received.</param>
internal sealed record IncidentSnapshot(LastNotification? Last, IReadOnlyList<HostRecord> Hosts, DateTimeOffset? NewsSince)
{
    /// <summary>Reads it from the records that are stored.</summary>
    public static IncidentSnapshot Of(LastNotification? last, IEnumerable<HostRecord> records, DateTimeOffset? newsSince) => new(
        last,
        [.. records.Where(host => host.Counts).OrderBy(host => host.FirstFailedAt).ThenBy(host => host.Key, StringComparer.Ordinal)],
        newsSince);

    /// <summary>Those that fail now.</summary>
    public IEnumerable<HostRecord> Failing => Hosts.Where(host => host.IsFailing);

    /// <summary>Those that have failed in a way that was not shown, also if they are well again.</summary>
    public IEnumerable<HostRecord> News => Hosts.Where(HasNews);

    /// <summary>Those that fail and were heard of within <paramref name="staleAfter"/>, or that Slack has still to be told of: news never grow stale.</summary>
    public IEnumerable<HostRecord> FailingAndHeardOf(DateTimeOffset now, TimeSpan staleAfter) =>
        Failing.Where(host => !host.IsSilent(now, staleAfter) || HasNews(host));

    /// <summary>When anything failed last.</summary>
    public DateTimeOffset? LastFailedAt => Hosts.Max(host => host.LastFailedAt);

    /// <summary>When the last host was well again.</summary>
    public DateTimeOffset? MendedAt => Hosts.Max(host => host.MendedAt);

    /// <summary>Whether anything is so that Slack was not told, be it time to or not.</summary>
    public bool IsUntold => News.Any() || (Last is { IsFailing: true } && !Failing.Any());

    /// <summary>Whether the host has failed in a way that was not shown.</summary>
    public bool HasNews(HostRecord host) => Last?.HasNews(host) ?? true;
}
