using Relay.Incidents;

namespace Relay.Routes;

/// <summary>An incident with news, and what to say of it.</summary>
/// <param name="Mark">The news, as they were before anything else was read.</param>
/// <param name="Incident">As it was told; null before the first message.</param>
/// <param name="Hosts">Every record that is stored, also of what is over.</param>
public sealed record AgendaItem(OutboxMark Mark, Incident? Incident, IReadOnlyList<StoredHost> Hosts, Standing Standing, Decision Decision)
{
    /// <summary>Whether the incident is told and over, so that its records can go.</summary>
    public bool IsOver => Incident is not null && Standing is { Told: null, Hosts.Count: 0 };
}
