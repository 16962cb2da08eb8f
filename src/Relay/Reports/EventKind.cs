namespace Relay.Reports;

/// <summary>What an event says of its host.</summary>
public enum EventKind
{
    /// <summary>A task failed.</summary>
    Failed,

    /// <summary>The host could not be reached.</summary>
    Unreachable,

    /// <summary>What failed before is well again.</summary>
    Recovered,
}
