using System.Collections.Concurrent;
using Relay.Reports;
using Simulation.Mutants;

namespace Simulation;

/// <summary>Runs many seeds, as many at once as there are processors, each in a world of its own.</summary>
internal static class Seeds
{
    /// <summary>The verdicts that found something, the lowest seed first.</summary>
    /// <param name="onVerdict">Called from any thread.</param>
    /// <param name="until">What it is enough to find once; null where every seed is run.</param>
    public static IReadOnlyList<Verdict> Run(ulong first, ulong count, Mutant? mutant = null, Func<Verdict, bool>? until = null, Action<Verdict>? onVerdict = null)
    {
        var found = new List<Verdict>();
        var seeds = Enumerable.Range(0, (int)count).Select(n => first + (ulong)n);
        Parallel.ForEach(Partitioner.Create(seeds, EnumerablePartitionerOptions.NoBuffering), (seed, loop) =>
        {
            var verdict = Verdict.Of(seed, mutant);
            onVerdict?.Invoke(verdict);
            if (verdict.Findings.Count > 0)
            {
                lock (found)
                {
                    found.Add(verdict);
                }

                if (until?.Invoke(verdict) == true)
                {
                    loop.Stop();
                }
            }
        });
        return [.. found.OrderBy(verdict => verdict.Seed)];
    }

    /// <summary>The command that shows what happened.</summary>
    public static string CommandFor(Verdict verdict, Mutant? mutant) => $"make simulate SEED={verdict.Seed}{(mutant is null ? "" : $" MUTANT={mutant.Name}")}";
}
