namespace Simulation.Plays;

/// <summary>One event of the simulation: what a host reports, and what became of it on the way to the relay.</summary>
/// <param name="recovers">The failures that it ends: those that its sender remembers. None where it is a failure itself.</param>
internal sealed class PlannedEvent(string id, Trouble trouble, Machine machine, string task, string cause, IReadOnlyList<PlannedEvent> recovers)
{
    public string Id => id;

    public Trouble Trouble => trouble;

    public Machine Machine => machine;

    public string Task => task;

    public string Cause => cause;

    public IReadOnlyList<PlannedEvent> Recovers => recovers;

    public bool IsRecovery => recovers.Count > 0;

    /// <summary>When it was first sent; the relay may have received it since.</summary>
    public DateTimeOffset SentAt { get; set; } = DateTimeOffset.MaxValue;

    public bool IsSent => SentAt < DateTimeOffset.MaxValue;

    public override string ToString() =>
        $"{id} ({machine.Name} of {machine.Inventory} {(isRecoveryOf ?? $"fails for {cause}")}: {trouble})";

    private readonly string? isRecoveryOf = recovers.Count > 0 ? $"recovers from {string.Join('+', recovers.Select(one => one.Id))}" : null;
}
