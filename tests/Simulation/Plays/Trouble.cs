using Relay.Reports;

namespace Simulation.Plays;

/// <summary>Something that breaks on some hosts: to the relay an incident of one route.</summary>
/// <param name="Taste">Whether Slack can read what it says.</param>
internal sealed record Trouble(string Task, string Route, EventKind Kind, Taste Taste)
{
    public string Message => $"{Task} does not work";
}
