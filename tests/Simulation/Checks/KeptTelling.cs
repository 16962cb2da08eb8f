using System.Text.Json;
using Relay;
using Relay.Incidents;
using Simulation.Hosting;
using Simulation.Slack;

namespace Simulation.Checks;

/// <summary>That an incident was stored with what Slack was told of it.</summary>
internal sealed class KeptTelling(DateTimeOffset at, Work work, string json)
{
    private readonly Lazy<Incident> _incident = new(() =>
        JsonSerializer.Deserialize(json, RelayJson.Compact.Incident) ?? throw new InvalidOperationException("An incident was stored as null."));

    public DateTimeOffset At => at;

    public Work Work => work;

    public string Incident => _incident.Value.Evidence.Event.Task ?? "";

    public Fingerprint Fingerprint => _incident.Value.Fingerprint;

    /// <summary>As somebody reads it who looks through what was parked.</summary>
    public Telling AsRead() => new(at, Incident, Told.Saying, [.. Told.Hosts.Keys], work, IsAnswered: true);

    public Told Told => _incident.Value.Told ?? throw new InvalidOperationException("An incident was stored of which nothing was told.");
}
