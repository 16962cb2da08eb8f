using Relay.Reports;

namespace Relay.Incidents;

/// <summary>One event with the run that it comes from: what an incident is explained by.</summary>
public sealed record Evidence(Run Run, Event Event);
