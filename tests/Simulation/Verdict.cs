using Simulation.Checks;
using Simulation.Mutants;

namespace Simulation;

/// <summary>What one seed has shown.</summary>
/// <param name="Findings">Every promise that was broken, for people to read; none if all is well.</param>
internal sealed record Verdict(ulong Seed, IReadOnlyList<string> Findings)
{
    /// <summary>Runs a seed, from its begin to the last check, in the calling thread alone.</summary>
    public static Verdict Of(ulong seed, Mutant? mutant = null, Trace? trace = null)
    {
        // Whatever awaits goes on where the answer is given, not where a test runner wants it.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            using var world = new World(seed, mutant, trace);
            return new(seed, Judgement.Of(world));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Whether something was found for this reason.</summary>
    public bool Says(string reason) => Findings.Any(finding => finding.Contains(reason, StringComparison.Ordinal));

    public override string ToString() => $"Seed {Seed}:\n  {string.Join("\n  ", Findings)}";
}
