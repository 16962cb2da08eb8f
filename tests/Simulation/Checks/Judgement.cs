namespace Simulation.Checks;

/// <summary>Everything that has to hold once a seed is through.</summary>
internal static class Judgement
{
    public static IReadOnlyList<string> Of(World world)
    {
        List<string> findings = [.. world.History.Unexpected];
        if (findings.Count == 0)
        {
            findings.AddRange([
                .. EventsNotified.Findings(world),
                .. Pace.Findings(world.History),
                .. Repeats.Findings(world.History),
                .. Promptness.Findings(world),
                .. Remains.Findings(world),
            ]);
        }

        // Last, since it goes on with the world; and only where all is well, since what is unfinished goes on by itself.
        return findings.Count > 0 ? findings : [.. Replay.Findings(world)];
    }
}
