using Azure.Storage.Queues;

namespace Local.Queue;

/// <summary>A queue and what is done with its messages.</summary>
/// <param name="Poison">Where a message goes that fails too often; null for a queue in which it is tried for ever.</param>
/// <param name="HandleAsync">Handles one message; it is deleted unless this throws.</param>
public sealed record QueueWork(QueueClient Messages, QueueClient? Poison, Func<string, CancellationToken, Task> HandleAsync);
