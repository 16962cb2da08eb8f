namespace Relay.Incidents;

/// <summary>How much of an incident a notification says.</summary>
internal enum Detail
{
    /// <summary>All that there is to know, for whoever has heard nothing of it.</summary>
    Whole,

    /// <summary>What is new, and as much as calls to mind what an earlier message explains.</summary>
    Reminder,

    /// <summary>What is new alone, since the rest stands right above it.</summary>
    News,
}
