using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Relay.Incidents;

/// <summary>What Slack was last told of an incident, and what follows from how it came about.</summary>
public sealed record LastNotification
{
    /// <summary>What it was.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>When Slack took it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it showed anything that fails.</summary>
    public required bool IsFailing { get; init; }

    /// <summary>When the incident was first broken.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When Slack took the newest one that was no reminder.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When the newest announcement, return or update was; null before any.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The shortest time from this notification to an update.</summary>
    public required TimeSpan Gap { get; init; }

    /// <summary>How often it failed again after it was shown well.</summary>
    public int Returns { get; init; }

    /// <summary>What was shown of each host, by <see cref="HostRecord.Key"/>.</summary>
    [JsonConverter(typeof(ShownHostsConverter))]
    public ImmutableDictionary<string, ShownHost> Hosts { get; init; } = [];

    /// <summary>The incident's own message, if a bot has posted one that can be edited.</summary>
    public PostedMessage? Message { get; init; }

    /// <summary>Whether the host has failed in a way that was not shown: it counts also if it is well again.</summary>
    /// <remarks>Numbers that differ are enough: a record that was deleted counts from the start again.</remarks>
    public bool HasNews(HostRecord host)
    {
        var shown = Hosts.GetValueOrDefault(host.Key);
        return host.Counts
            && host.Failures != (shown?.Failures ?? 0)
            && !(IsFailing && host.Cause is { } cause && shown?.Causes.Contains(cause.Key) == true);
    }
}
