using Relay.Reports;

namespace Relay.Incidents;

/// <summary>One event with the run that it comes from: what an incident is explained by.</summary>
/// <param name="ReceivedAt">When the relay received it: the time that decides.</param>
/// <param name="Channel">The channel that was asked for, whatever route serves it.</param>
public sealed record Evidence(Run Run, Event Event, DateTimeOffset ReceivedAt, string? Channel = null)
{
    /// <summary>What happened, without how it came here.</summary>
    public void Deconstruct(out Run run, out Event one) => (run, one) = (Run, Event);
}
