using System.Text.Json;
using Relay.Incidents;
using Relay.State;
using Simulation.Hosting;
using Simulation.Plays;
using Simulation.Slack;

namespace Simulation.Checks;

/// <summary>That an incident was stored with the last notification that Slack took.</summary>
internal sealed class KeptNotification(DateTimeOffset at, Work work, string json, Scenario scenario)
{
    private readonly Lazy<Incident> _incident = new(() =>
        JsonSerializer.Deserialize(json, StateJson.Compact.Incident) ?? throw new InvalidOperationException("An incident was stored as null."));

    public DateTimeOffset At => at;

    public Work Work => work;

    /// <summary>What it is about: the event that explains it is one of the scenario's.</summary>
    public Trouble? Trouble => scenario.LifeOf(_incident.Value.Evidence.Event.Id)?.Trouble;

    /// <summary>As somebody reads it who looks through what was parked.</summary>
    public SeenNotification AsRead()
    {
        var last = _incident.Value.LastNotification ?? throw new InvalidOperationException("An incident was stored without a notification.");
        var hosts = scenario.Lives
            .Where(life => last.Hosts.ContainsKey(HostRecord.KeyOf(life.Machine.Name, life.Machine.Inventory)))
            .Select(life => life.Machine.Name);
        return new(at, Trouble, last.Kind, !last.IsFailing, [.. hosts.Distinct()], [_incident.Value.Evidence.Event.Cause ?? ""], work, IsAnswered: true);
    }
}
