namespace Relay.Incidents;

/// <summary>What can be said of an incident.</summary>
public enum Saying
{
    /// <summary>It is new.</summary>
    Announce,

    /// <summary>It reached more hosts.</summary>
    Update,

    /// <summary>It goes on.</summary>
    Remind,

    /// <summary>It is over on every host.</summary>
    Resolve,

    /// <summary>Something, but not yet.</summary>
    Wait,

    /// <summary>Nothing that is not known already.</summary>
    Nothing,
}
