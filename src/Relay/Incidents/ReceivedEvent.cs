using Relay.Reports;
using Relay.Text;

namespace Relay.Incidents;

/// <summary>An event of an incident, as the relay received it.</summary>
internal sealed record ReceivedEvent(Fingerprint Incident, Evidence Evidence)
{
    /// <summary>When the relay received it.</summary>
    public DateTimeOffset ReceivedAt => Evidence.ReceivedAt;

    /// <summary>The key of its host's record.</summary>
    public string HostKey => HostRecord.KeyOf(Evidence.Event.Host, Evidence.Run.Inventory);

    /// <summary>Whether it opens a failure, rather than ending some.</summary>
    public bool IsFailure => Evidence.Event.Kind != EventKind.Recovered;

    /// <summary>The host before anything was known of it.</summary>
    public HostRecord UnknownHost() => new() { Host = Evidence.Event.Host, Inventory = Evidence.Run.Inventory };

    /// <summary>The host's record once this is part of it; the same one where it was already.</summary>
    public HostRecord ApplyTo(HostRecord host) => IsFailure
        ? host.Failed(ShortHash.Of(Evidence.Event.Id), ShortHash.Of(Evidence.Event.Run ?? Evidence.Run.Id), Cause.Of(Evidence.Event), ReceivedAt)
        : host.Recovered((Evidence.Event.Recovers ?? []).Select(ShortHash.Of), ReceivedAt);
}
