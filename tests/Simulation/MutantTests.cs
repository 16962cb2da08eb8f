using Simulation.Mutants;

namespace Simulation;

/// <summary>The simulation finds what it is there to find.</summary>
public sealed class MutantTests
{
    public static TheoryData<string> Names => [.. Planted.All.Where(mutant => !mutant.IsRare).Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_bug_is_found_for_its_reason(string name)
    {
        var mutant = Planted.Find(name);

        var found = Seeds.Run(1, (ulong)mutant.Budget, mutant, verdict => verdict.Says(mutant.Reason));

        Assert.True(found.Any(verdict => verdict.Says(mutant.Reason)), $"\"{mutant.Reason}\" is not among {string.Join('\n', found.Take(5))}.");
    }
}
