namespace Relay.DeadLetters;

/// <summary>What became of the parked messages.</summary>
/// <param name="Sent">How many are in the queue again.</param>
/// <param name="Left">The blobs of those that are no messages of the relay, and stay.</param>
public sealed record Replayed(int Sent, IReadOnlyList<string> Left);
