namespace Relay.Incidents;

/// <summary>One thing that is broken, on any number of hosts.</summary>
/// <param name="Route">The name of the route that tells of it.</param>
/// <param name="Evidence">The event that the incident is explained by.</param>
/// <param name="Told">What Slack knows; null before the first message.</param>
public sealed record Incident(Fingerprint Fingerprint, string Route, Evidence Evidence, Told? Told);
