namespace Simulation.Slack;

/// <summary>How Slack answers a post.</summary>
internal enum Mood
{
    Fine,

    /// <summary>429, and how long to wait.</summary>
    Busy,

    /// <summary>429 and not a word of how long to wait.</summary>
    BusyWithoutWord,

    /// <summary>500.</summary>
    Broken,

    /// <summary>Takes nothing and does not answer.</summary>
    Silent,

    /// <summary>Takes the message and does not answer.</summary>
    SilentAfterTaking,

    /// <summary>404: there is no such webhook, for now.</summary>
    Gone,
}
