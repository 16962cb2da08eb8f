using System.Text.Json;
using Relay.Incidents;
using Relay.State;
using Simulation.Hosting;
using Simulation.Slack;

namespace Simulation.Checks;

/// <summary>That an incident was stored with the last notification that Slack took.</summary>
internal sealed class KeptNotification(DateTimeOffset at, Work work, string json)
{
    private readonly Lazy<Incident> _incident = new(() =>
        JsonSerializer.Deserialize(json, StateJson.Compact.Incident) ?? throw new InvalidOperationException("An incident was stored as null."));

    public DateTimeOffset At => at;

    public Work Work => work;

    public string Incident => _incident.Value.Evidence.Event.Task ?? "";

    public Fingerprint Fingerprint => _incident.Value.Fingerprint;

    /// <summary>As somebody reads it who looks through what was parked.</summary>
    public SeenNotification AsRead() => new(at, Incident, LastNotification.Kind, [.. LastNotification.Hosts.Keys], work, IsAnswered: true);

    public LastNotification LastNotification => _incident.Value.LastNotification ?? throw new InvalidOperationException("An incident was stored without a notification.");
}
