using System.Text.Json;

namespace Local.SlackEmulator;

/// <summary>A message as the emulator keeps it; <see cref="Payload"/> is the sender's JSON, whose text is untrusted.</summary>
public sealed record SlackMessage
{
    public required long Id { get; init; }

    public required string Destination { get; init; }

    public required string Channel { get; init; }

    public required string Ts { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required JsonElement Payload { get; init; }

    /// <summary>When the message was last edited, null when it never was.</summary>
    public DateTimeOffset? Edited { get; init; }

    /// <summary>The <see cref="Ts"/> of the message that this one replies to, null outside a thread.</summary>
    public string? ThreadTs { get; init; }
}
