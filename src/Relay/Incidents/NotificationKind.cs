namespace Relay.Incidents;

/// <summary>What Slack can be told of an incident.</summary>
public enum NotificationKind
{
    /// <summary>It is new.</summary>
    Announce,

    /// <summary>It was shown well, and fails again.</summary>
    Return,

    /// <summary>It has hosts, or reasons, that were not shown.</summary>
    Update,

    /// <summary>It goes on.</summary>
    Remind,

    /// <summary>Nothing of it fails any more.</summary>
    Resolve,
}
