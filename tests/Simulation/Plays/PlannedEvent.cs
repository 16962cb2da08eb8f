namespace Simulation.Plays;

/// <summary>One event of the simulation: what a host reports, and what became of it on the way to the relay.</summary>
internal sealed class PlannedEvent(string id, Trouble trouble, string host, bool isRecovery)
{
    public string Id => id;

    public Trouble Trouble => trouble;

    public string Host => host;

    public bool IsRecovery => isRecovery;

    /// <summary>When it was first sent; the relay may have received it since.</summary>
    public DateTimeOffset SentAt { get; set; } = DateTimeOffset.MaxValue;

    public bool IsSent => SentAt < DateTimeOffset.MaxValue;

    public override string ToString() => $"{id} ({host} {(isRecovery ? "recovers from" : "fails with")} {trouble.Task})";
}
