namespace Simulation.Plays;

/// <summary>A host: two inventories may each have one of the same name, and people read the name alone.</summary>
internal sealed record Machine(string Name, string Inventory);
