namespace Simulation.Hosting;

/// <summary>What is done with a queue's messages.</summary>
/// <param name="Name">What one of them is called in a trace.</param>
/// <param name="IsLimited">Whether a message that fails too often goes to the poison queue; else it is tried for ever.</param>
internal sealed record QueueWork(string Name, bool IsLimited, Func<string, CancellationToken, Task> HandleAsync);
