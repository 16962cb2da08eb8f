namespace Simulation.Plays;

/// <summary>What happens to one host with one trouble, in its order: how things really are.</summary>
internal sealed class Life(Trouble trouble, Machine machine)
{
    private readonly List<PlannedEvent> _events = [];

    public Trouble Trouble => trouble;

    public Machine Machine => machine;

    public IReadOnlyList<PlannedEvent> Events => _events;

    public IEnumerable<PlannedEvent> Failures => _events.Where(one => !one.IsRecovery);

    public void Add(PlannedEvent one) => _events.Add(one);

    /// <summary>The failures that were sent by then and that nothing sent by then has ended.</summary>
    public IReadOnlyList<PlannedEvent> OpenAt(DateTimeOffset at)
    {
        var ended = _events.Where(one => one.SentAt <= at).SelectMany(one => one.Recovers).ToHashSet();
        return [.. Failures.Where(one => one.SentAt <= at && !ended.Contains(one))];
    }

    /// <summary>Whether the host had failed by then, or fails for that reason.</summary>
    public bool HasFailedBy(DateTimeOffset at, string? cause = null) =>
        Failures.Any(one => one.SentAt <= at && (cause is null || one.Cause == cause));
}
