namespace Relay.Incidents;

/// <summary>What is to be done about an incident now.</summary>
internal abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Slack is to be notified now.</summary>
    public sealed record Notify(NotificationKind Kind) : Decision;

    /// <summary>Nothing is due yet.</summary>
    /// <param name="Until">When to decide again, unless there is news before.</param>
    public sealed record Wait(DateTimeOffset Until) : Decision;

    /// <summary>It is over, and can be forgotten.</summary>
    public sealed record Close : Decision;
}
