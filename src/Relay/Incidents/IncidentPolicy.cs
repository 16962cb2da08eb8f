namespace Relay.Incidents;

/// <summary>How long the relay waits before it says something. The values come from the section <c>Relay:Incidents</c>.</summary>
public sealed record IncidentPolicy
{
    /// <summary>From the first event to the announcement, so that more hosts can join it.</summary>
    public TimeSpan GroupWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From one message to the next that names more hosts.</summary>
    public TimeSpan GroupInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From one message to the reminder that nothing has changed.</summary>
    public TimeSpan RepeatInterval { get; init; } = TimeSpan.FromHours(4);

    /// <summary>A failure not seen for this long is over, and its return is a new incident.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromHours(24);
}
