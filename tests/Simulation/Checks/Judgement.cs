namespace Simulation.Checks;

/// <summary>Everything that has to hold once a seed is through. Each check goes on with the world only where all is well before it.</summary>
internal static class Judgement
{
    private static readonly Func<World, IEnumerable<string>>[] _checks =
    [
        AtRest,
        Replay.Findings,
        AtTheEnd,
        Replay.Findings,
    ];

    public static IReadOnlyList<string> Of(World world)
    {
        foreach (var check in _checks)
        {
            List<string> findings = [.. check(world)];
            findings.InsertRange(0, world.History.Unexpected);
            if (findings.Count > 0)
            {
                return findings;
            }
        }

        return [];
    }

    /// <summary>Nothing is untold: safety as always, liveness since the faults are over.</summary>
    private static IEnumerable<string> AtRest(World world)
    {
        world.Run();
        return world.History.Unexpected.Count > 0 ? [] :
        [
            .. Truth.Findings(world),
            .. FailuresNotified.Findings(world),
            .. LastState.Findings(world),
            .. Pace.Findings(world.History),
            .. Repeats.Findings(world),
            .. Promptness.Findings(world),
            .. Fairness.Findings(world),
            .. Flapping.Findings(world),
        ];
    }

    /// <summary>All incidents are over.</summary>
    private static IEnumerable<string> AtTheEnd(World world)
    {
        var seen = world.History.Seen.Count;
        world.Close();
        return world.History.Unexpected.Count > 0 ? [] :
        [
            .. Truth.Findings(world),
            .. NothingNew.Findings(world, seen),
            .. Remains.Findings(world),
        ];
    }
}
