namespace Relay.Incidents;

/// <summary>An event of an incident, as the relay received it.</summary>
internal sealed record ReceivedEvent(Fingerprint Incident, Evidence Evidence, DateTimeOffset ReceivedAt)
{
    /// <summary>The host that it is about.</summary>
    public string Host => Evidence.Event.Host;
}
