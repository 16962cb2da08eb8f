namespace Relay.Storage;

/// <summary>What the relay calls its queues and its container.</summary>
public static class StorageNames
{
    /// <summary>The container of all state.</summary>
    public const string State = "relay-state";

    /// <summary>The queue of events and flushes.</summary>
    public const string Reports = "reports";

    /// <summary>Where messages go that could not be handled.</summary>
    public const string Poison = Reports + PoisonSuffix;

    /// <summary>What the Functions host adds to a queue's name to form that of its poison queue.</summary>
    public const string PoisonSuffix = "-poison";
}
