using Relay.Reports;
using Relay.Routes;

namespace Simulation.Plays;

/// <summary>Something that breaks on some hosts: to the relay an incident of one route.</summary>
/// <param name="Acceptance">Whether Slack can read what it says.</param>
/// <param name="Output">How many characters it prints.</param>
internal sealed record Trouble(string Task, string Route, EventKind Kind, Acceptance Acceptance, int Output)
{
    public string Message => $"{Task} does not work";
}
