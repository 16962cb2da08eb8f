using System.Text.Json.Serialization;

namespace Local.SlackEmulator;

/// <summary>What a fault does to a post.</summary>
[JsonConverter(typeof(FaultModeConverter))]
public enum FaultMode
{
    /// <summary>It is answered with the fault's status.</summary>
    Status,

    /// <summary>It is answered only after the fault's seconds.</summary>
    Hang,
}
