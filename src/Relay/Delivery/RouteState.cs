using Relay.Incidents;

namespace Relay.Delivery;

/// <summary>When a route may post again, and how it fares.</summary>
internal sealed record RouteState
{
    /// <summary>No message leaves before this time.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>How many posts in a row Slack did not take for a reason that passes.</summary>
    public int Failures { get; init; }

    /// <summary>Since when nothing was taken; null after a post that was.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Since when Slack has said that the destination is gone; null while it is not.</summary>
    public DateTimeOffset? DeadSince { get; init; }

    /// <summary>When Slack took something last.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>When people were last alarmed that nothing is taken.</summary>
    public DateTimeOffset? AlarmedAt { get; init; }

    /// <summary>The incidents that are tried by themselves.</summary>
    public IReadOnlyList<HeldIncident> Held { get; init; } = [];

    /// <summary>How the incident is held, or null.</summary>
    public HeldIncident? HeldOf(Fingerprint incident) => Held.FirstOrDefault(held => held.Incident == incident);

    /// <summary>The state without what is held of incidents that have ended otherwise.</summary>
    public RouteState Knowing(IReadOnlySet<Fingerprint> incidents) => this with { Held = [.. Held.Where(held => incidents.Contains(held.Incident))] };
}
