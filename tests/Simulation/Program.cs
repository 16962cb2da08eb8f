using Simulation.Mutants;
using Xunit.Runner.InProc.SystemConsole;

namespace Simulation;

/// <summary><c>simulate [seeds=N] [seed=N] [mutant=name]</c> runs seeds, or shows one; everything else is the test runner's.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is not ["simulate", .. var rest])
        {
            return await ConsoleRunner.Run(args);
        }

        var options = rest.Select(argument => argument.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[^1]);
        var mutant = options.TryGetValue("mutant", out var name) ? Planted.Find(name) : null;
        return options.TryGetValue("seed", out var seed)
            ? LongRun.Show(ulong.Parse(seed, null), mutant, Console.Out)
            : LongRun.Run(ulong.Parse(options.GetValueOrDefault("seeds", "2000"), null), mutant, Console.Out);
    }
}
