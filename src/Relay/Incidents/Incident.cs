using Relay.Routes;

namespace Relay.Incidents;

/// <summary>One thing that is broken, on any number of hosts.</summary>
/// <param name="Route">The name of the route that notifies Slack of it.</param>
/// <param name="Evidence">The event that the incident is explained by.</param>
/// <param name="LastNotification">What Slack knows; null before the first message.</param>
public sealed record Incident(Fingerprint Fingerprint, string Route, Evidence Evidence, LastNotification? LastNotification);
