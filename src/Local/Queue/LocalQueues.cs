using Azure.Storage.Queues;

namespace Local.Queue;

/// <summary>The queue that is listened to, and the one for what cannot be handled.</summary>
public sealed record LocalQueues(QueueClient Reports, QueueClient Poison);
