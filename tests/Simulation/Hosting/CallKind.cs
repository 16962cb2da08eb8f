namespace Simulation.Hosting;

/// <summary>What an instance calls.</summary>
internal enum CallKind
{
    Blob,
    Queue,
    Secret,
    Slack,
}
