using Relay.Incidents;
using Relay.Routes;

namespace Relay;

/// <summary>What the relay's decisions depend on besides its state: its routes, its policy and the time.</summary>
internal sealed record RelayRules(RouteTable Routes, IncidentPolicy Incidents, TimeProvider Time)
{
    /// <summary>The time that decides: the relay's own.</summary>
    public DateTimeOffset Now => Time.GetUtcNow();
}
