using Simulation.Ports;

namespace Simulation.Mutants;

/// <summary>A bug, planted where an instance meets the world: the relay itself runs as it is. The simulation has to find it.</summary>
/// <param name="Name">As the switch and the decision record call it.</param>
/// <param name="Budget">Within how many seeds, from the first one on, it has to be found.</param>
/// <param name="Plant">Makes the surroundings of one instance wrong.</param>
/// <param name="Reason">What a finding of it says.</param>
/// <param name="Aim">The verb of the calls whose failure brings it to light, where it is rare.</param>
/// <param name="IsRare">Whether it takes thousands of seeds: too long for every test run, and left to <c>make simulate MUTANT=</c>.</param>
internal sealed record Mutant(string Name, int Budget, Func<Surroundings, Surroundings> Plant, string Reason = "", string? Aim = null, bool IsRare = false)
{
    /// <summary>What it takes is that nothing else goes wrong.</summary>
    public const string Calm = "calm";

    public override string ToString() => Name;
}
