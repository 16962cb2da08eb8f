using Simulation.Mutants;

namespace Simulation;

/// <summary>The simulation finds what it is there to find.</summary>
public sealed class MutantTests
{
    public static TheoryData<string> Names => [.. Planted.All.Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_bug_is_found(string name)
    {
        var mutant = Planted.Find(name);

        Assert.NotEmpty(Seeds.Run(1, (ulong)mutant.Budget, mutant, untilFound: true));
    }
}
