namespace Relay.Incidents;

/// <summary>What one message says of one incident.</summary>
/// <param name="Incident">With the last notification before this one.</param>
/// <param name="Snapshot">All that is known of it.</param>
internal sealed record Notification(NotificationKind Kind, Incident Incident, IncidentSnapshot Snapshot)
{
    /// <summary>An announcement explains the incident; what follows only calls it to mind.</summary>
    public Detail Detail { get; private init; } = Kind == NotificationKind.Announce ? Detail.Whole : Detail.Reminder;

    /// <summary>Every host that counts now, the earliest failure first.</summary>
    public IReadOnlyList<HostRecord> Hosts => Snapshot.Hosts;

    /// <summary>The notification as the incident's own message shows it: the whole state, whatever was shown before.</summary>
    public Notification AsState() => this with
    {
        Kind = Kind == NotificationKind.Resolve || !Snapshot.Failing.Any() ? NotificationKind.Resolve : NotificationKind.Announce,
        Incident = Incident with { LastNotification = null },
        Snapshot = Snapshot with { Last = null },
        Detail = Detail.Whole,
    };

    /// <summary>The notification as it stands beneath the incident's own message.</summary>
    public Notification AsAnswer() => this with { Detail = Detail.News };
}
