namespace Relay.Incidents;

/// <summary>How long the relay waits before it says something.</summary>
public sealed record IncidentPolicy
{
    private static readonly TimeSpan _longest = TimeSpan.FromDays(365);

    /// <summary>From the first event to the announcement, so that more hosts can join it.</summary>
    public TimeSpan GroupWait { get; init => field = Checked(value); } = TimeSpan.FromSeconds(5);

    /// <summary>From one message to the next that names more hosts.</summary>
    public TimeSpan GroupInterval { get; init => field = Checked(value); } = TimeSpan.FromSeconds(60);

    /// <summary>From one message to the reminder that nothing has changed.</summary>
    public TimeSpan RepeatInterval { get; init => field = Checked(value); } = TimeSpan.FromHours(4);

    /// <summary>A failure not seen for this long is over, and its return is a new incident.</summary>
    public TimeSpan StaleAfter { get; init => field = Checked(value); } = TimeSpan.FromHours(24);

    private static TimeSpan Checked(TimeSpan value, [System.Runtime.CompilerServices.CallerMemberName] string name = "") =>
        value >= TimeSpan.Zero && value <= _longest
            ? value
            : throw new ArgumentException($"{name} must be from 0 to {_longest.TotalDays:0} days.");
}
