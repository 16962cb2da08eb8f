namespace Local.SlackEmulator;

/// <summary>Decides which posts a fault meets. Not thread-safe.</summary>
internal sealed class FaultPlan
{
    private Random chance = new(0);

    public FaultState State { get; private set; } = FaultState.None;

    public void Set(Fault fault)
    {
        State = new FaultState(fault, fault.Count, 0);
        chance = new Random(fault.Seed);
    }

    public void Clear() => State = FaultState.None;

    /// <summary>The fault that meets this post, null when none does.</summary>
    public Fault? Next(Destination destination)
    {
        if (State.Fault is not { } fault || (fault.Destination is { } only && only != destination.Id))
        {
            return null;
        }

        if (fault.Fraction is { } fraction && chance.NextDouble() >= fraction)
        {
            return null;
        }

        var met = State with { Remaining = State.Remaining - 1, Met = State.Met + 1 };
        State = met.Remaining == 0 ? FaultState.None with { Met = met.Met } : met;
        return fault;
    }
}
