namespace Relay.Incidents;

/// <summary>What is to be done about an incident now.</summary>
internal abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Slack is to be notified now.</summary>
    public sealed record Notify(NotificationKind Kind) : Decision;

    /// <summary>There is news, which is not due yet.</summary>
    /// <param name="Until">When to decide again.</param>
    public sealed record Wait(DateTimeOffset Until) : Decision;

    /// <summary>Slack shows all that there is to know.</summary>
    public sealed record Nothing : Decision;
}
