using System.Diagnostics;
using Relay.Reports;
using Simulation.Mutants;

namespace Simulation;

/// <summary>What <c>make simulate</c> does.</summary>
internal static class LongRun
{
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(5);

    /// <summary>Shows everything that happens in one seed.</summary>
    public static int Show(ulong seed, Mutant? mutant, TextWriter output)
    {
        var trace = new Trace();
        var verdict = Verdict.Of(seed, mutant, trace);
        output.Write(trace);
        output.WriteLine(verdict.Findings.Count > 0 ? verdict : $"Seed {seed}: all is well.");
        return verdict.Findings.Count > 0 ? 1 : 0;
    }

    /// <summary>Runs seeds from 1 on, with a line every now and then; a mutant is sought until it is found.</summary>
    public static int Run(ulong seeds, Mutant? mutant, TextWriter output)
    {
        var clock = Stopwatch.StartNew();
        var (done, failures, shown) = (0L, 0L, TimeSpan.Zero);
        var found = Seeds.Run(1, seeds, mutant, mutant is null ? null : verdict => verdict.Says(mutant.Reason), verdict =>
        {
            lock (output)
            {
                done++;
                if (verdict.Findings.Count > 0)
                {
                    failures++;
                    output.WriteLine(verdict);
                    output.WriteLine($"  {Seeds.CommandFor(verdict, mutant)}");
                }

                if (clock.Elapsed - shown > _between || done == (long)seeds)
                {
                    shown = clock.Elapsed;
                    output.WriteLine($"{done:N0} of {seeds:N0} seeds, {done / shown.TotalSeconds:N0} seeds/s, {failures:N0} failures");
                }
            }
        });
        return found.Count > 0 ? 1 : 0;
    }
}
