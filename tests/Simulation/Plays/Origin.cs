namespace Simulation.Plays;

/// <summary>Where a playbook comes from and where its runs belong: what tells one trouble from another of the same name.</summary>
/// <param name="Environment">The label <c>env</c> of its runs; null where they have none.</param>
internal sealed record Origin(string Project, string Playbook, string? Environment, string Route);
