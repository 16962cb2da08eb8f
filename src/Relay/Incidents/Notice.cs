namespace Relay.Incidents;

/// <summary>What one message tells of one incident.</summary>
/// <param name="Incident">With what Slack was told before.</param>
/// <param name="Hosts">Every host that counts now, the earliest failure first.</param>
internal sealed record Notice(Saying Saying, Incident Incident, IReadOnlyList<HostRecord> Hosts)
{
    /// <summary>An announcement explains the incident; without further ado, what follows only calls it to mind.</summary>
    public Detail Detail { get; private init; } = Saying == Saying.Announce ? Detail.Whole : Detail.Reminder;

    /// <summary>The notice as the incident's own message shows it: how things stand, whatever was told before.</summary>
    public Notice AsState() => this with
    {
        Saying = Saying == Saying.Resolve ? Saying.Resolve : Saying.Announce,
        Incident = Incident with { Told = null },
        Detail = Detail.Whole,
    };

    /// <summary>The notice as it stands beneath the incident's own message.</summary>
    public Notice AsAnswer() => this with { Detail = Detail.News };
}
