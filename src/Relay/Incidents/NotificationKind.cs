namespace Relay.Incidents;

/// <summary>What a notification says of its incident.</summary>
public enum NotificationKind
{
    /// <summary>It is new.</summary>
    Announce,

    /// <summary>It reached more hosts.</summary>
    Update,

    /// <summary>It goes on.</summary>
    Remind,

    /// <summary>It is over on every host.</summary>
    Resolve,
}
