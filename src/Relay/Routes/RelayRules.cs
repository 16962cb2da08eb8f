using Relay.Incidents;

namespace Relay.Routes;

/// <summary>What the relay's decisions depend on besides its state: its routes, its policy and the time.</summary>
public sealed record RelayRules(RouteTable Routes, IncidentPolicy Incidents, TimeProvider Time);
