using Relay.Reports;

namespace Simulation.Plays;

/// <summary>Something that breaks on some hosts: to the relay an incident of one route.</summary>
internal sealed record Trouble(string Task, string Route, EventKind Kind)
{
    public string Message => $"{Task} does not work";
}
