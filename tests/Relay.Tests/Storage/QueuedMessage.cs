namespace Relay.Tests.Storage;

/// <summary>A message as it was received.</summary>
/// <param name="Receipt">Changes with every receipt: only the newest one may delete or hide the message.</param>
public sealed record QueuedMessage(int Number, string Json, int DequeueCount, int Receipt);
